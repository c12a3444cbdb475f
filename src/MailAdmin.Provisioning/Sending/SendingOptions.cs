using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Provisioning.Sending;

/// <summary>How Postfix asks about what users send.</summary>
public sealed class SendingOptions
{
    /// <summary>The policy service's Unix socket, 100 octets at most: <c>check_policy_service</c> of main.cf names it.</summary>
    [Required, MaxLength(100)]
    public required string Socket { get; init; }

    /// <summary>The milter's Unix socket, 100 octets at most: <c>smtpd_milters</c> of the listeners on which users sign in names it.</summary>
    [Required, MaxLength(100)]
    public required string MilterSocket { get; init; }

    /// <summary>The one group whose members may connect, as of the login socket; null lets everybody on this host.</summary>
    public string? SocketGroup { get; init; }

    /// <summary>Connections open at once, 10 to 100,000; 2,000 unless told. Each process of Postfix keeps one.</summary>
    [Range(10, 100_000)]
    public int MaxConnections { get; init; } = 2_000;

    /// <exception cref="ValidationException">A value is out of its range.</exception>
    internal SendingOptions Checked()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        return this;
    }
}
