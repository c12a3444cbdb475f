using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Provisioning.Logins;

/// <summary>How the login socket answers Cyrus and Postfix: section <c>Logins</c> of the settings file. Validated at start.</summary>
public sealed class LoginOptions
{
    /// <summary>
    /// The Unix socket's path, at most 100 octets (the kernel's limit is 107): saslauthd_path of Postfix, sasl_saslauthd_path of Cyrus.
    /// Null if this installation has no login socket.
    /// </summary>
    [MaxLength(100)]
    public string? Socket { get; init; }

    /// <summary>
    /// The group whose members may connect; the users of Cyrus and Postfix have to be members (Debian: <c>sasl</c>). Null lets everybody on
    /// this host connect. The panel's user has to be a member too, or root.
    /// </summary>
    public string? SocketGroup { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>Whether the panel leaves the socket to <c>login-service</c>. Default: false.</summary>
    public bool OwnProcess { get; init; }

    /// <summary>
    /// The time from connection to answer; the connection is then closed without an answer, because libsasl itself would wait for ever. 0.1
    /// to 60 seconds; default: 5.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Connections that the kernel holds until the panel accepts them, 16 to 4,096 (the kernel's own limit); default: 1,024.
    /// </summary>
    [Range(16, 4_096)]
    public int Backlog { get; init; } = 1_024;

    /// <summary>
    /// Connections open at the same time, 10 to 100,000; default: 2,000. Above that, clients without a complete request are disconnected.
    /// </summary>
    [Range(10, 100_000)]
    public int MaxConnections { get; init; } = 2_000;

    /// <summary>
    /// How long a verified password need not be hashed again while the stored hash stays the same: up to 1 day; 0 for never. Default: 8
    /// hours, as in saslauthd.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CacheLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Verified passwords that are remembered, about 200 octets each, 1 to 1,000,000; default: 50,000.</summary>
    [Range(1, 1_000_000)]
    public int CacheSize { get; init; } = 50_000;

    /// <summary>
    /// How long last logins are collected before they are written together: 0.1 seconds to 10 minutes; default: 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LastLoginInterval { get; init; } = TimeSpan.FromSeconds(2);
}
