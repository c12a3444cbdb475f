using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Core.Passwords;

/// <summary>The cost of new hashes, and the capacity of the password hash queue.</summary>
public sealed class PasswordOptions
{
    /// <summary>
    /// The cost of new bcrypt hashes, a logarithm: 4 to 14. At 11, the default, one check takes about a tenth of a second.
    /// </summary>
    [Range(4, 14)]
    public int Cost { get; init; } = 11;

    /// <summary>Number of hashes that may wait, 1 to 100,000; further ones are refused immediately. Default: 1,024.</summary>
    [Range(1, 100_000)]
    public int QueueLength { get; init; } = 1_024;
}
