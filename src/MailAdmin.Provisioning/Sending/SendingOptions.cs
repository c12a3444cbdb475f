using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Provisioning.Sending;

/// <summary>How Postfix asks about what users send: section <c>Sending</c> of the settings file. Checked at start.</summary>
public sealed class SendingOptions
{
    /// <summary>
    /// The policy service's Unix socket, 100 octets at most: <c>check_policy_service</c> of main.cf names it. Null where there is neither
    /// policy service nor milter.
    /// </summary>
    [MaxLength(100)]
    public string? Socket { get; init; }

    /// <summary>
    /// The milter's Unix socket, 100 octets at most: <c>smtpd_milters</c> of the listeners on which users sign in names it. <c>milter</c>
    /// beside <see cref="Socket"/> unless told.
    /// </summary>
    [MaxLength(100)]
    public string? Milter { get; init; }

    /// <summary>Connections open at once, 10 to 100,000; 2,000 unless told. Each process of Postfix keeps one.</summary>
    [Range(10, 100_000)]
    public int MaxConnections { get; init; } = 2_000;

    /// <summary>Where the milter listens; null where nothing does.</summary>
    public string? MilterSocket => Milter ?? (Socket is null ? null : Path.Combine(Path.GetDirectoryName(Socket) ?? "/", "milter"));
}
