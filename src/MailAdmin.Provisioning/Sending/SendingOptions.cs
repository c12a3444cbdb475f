using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Provisioning.Sending;

/// <summary>How Postfix asks about users' messages: section <c>Sending</c> of the settings file. Validated at start.</summary>
public sealed class SendingOptions
{
    /// <summary>
    /// The policy service's Unix socket, at most 100 octets, as in <c>check_policy_service</c> of main.cf. Null if there is neither a
    /// policy service nor a milter.
    /// </summary>
    [MaxLength(100)]
    public string? Socket { get; init; }

    /// <summary>
    /// The milter's Unix socket, at most 100 octets, as in <c>smtpd_milters</c> of the listeners on which users sign in. Default:
    /// <c>milter</c> in the folder of <see cref="Socket"/>.
    /// </summary>
    [MaxLength(100)]
    public string? Milter { get; init; }

    /// <summary>Connections open at the same time, 10 to 100,000; default: 2,000. Each process of Postfix keeps one.</summary>
    [Range(10, 100_000)]
    public int MaxConnections { get; init; } = 2_000;

    /// <summary>The path on which the milter listens; null if there is no milter.</summary>
    public string? MilterSocket => Milter ?? (Socket is null ? null : Path.Combine(Path.GetDirectoryName(Socket) ?? "/", "milter"));
}
