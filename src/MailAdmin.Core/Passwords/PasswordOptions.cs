using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Core.Passwords;

/// <summary>How new passwords are hashed, and with how much of the machine.</summary>
public sealed class PasswordOptions
{
    /// <summary>
    /// The cost of new bcrypt hashes, a logarithm: 4 to 14. At 11, the default, one check takes about a tenth of a second.
    /// </summary>
    [Range(4, 14)]
    public int Cost { get; init; } = 11;

    /// <summary>Hashes that may wait for their turn, 1 to 100,000; what comes on top is refused at once. 1,024 unless told.</summary>
    [Range(1, 100_000)]
    public int QueueLength { get; init; } = 1_024;
}
