using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Provisioning.Logins;

/// <summary>How the login socket answers Cyrus and Postfix: section <c>Logins</c> of the settings file. Checked at start.</summary>
public sealed class LoginOptions
{
    /// <summary>
    /// The Unix socket's path, 100 octets at most (107 is the kernel's limit): saslauthd_path of Postfix, sasl_saslauthd_path of Cyrus.
    /// Null where this installation has no login socket.
    /// </summary>
    [MaxLength(100)]
    public string? Socket { get; init; }

    /// <summary>
    /// The group whose members may ask, Cyrus' and Postfix' users among them (Debian: <c>sasl</c>); null for everybody on this host. The
    /// panel's user has to be a member, or root.
    /// </summary>
    public string? SocketGroup { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>The panel leaves the socket to <c>login-service</c>; false unless told.</summary>
    public bool OwnProcess { get; init; }

    /// <summary>
    /// From connection to answer. What takes longer is closed without one: libsasl itself waits for ever. 0.1 to 60 seconds, 5 unless told.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Connections that the kernel holds until we take them, 16 to 4,096 (which is also its own limit); 1,024 unless told.
    /// </summary>
    [Range(16, 4_096)]
    public int Backlog { get; init; } = 1_024;

    /// <summary>Connections open at once, 10 to 100,000; 2,000 unless told. Above it those give way that have not asked yet.</summary>
    [Range(10, 100_000)]
    public int MaxConnections { get; init; } = 2_000;

    /// <summary>
    /// For how long a verified password need not be hashed again while the stored hash stays the same: up to 1 day, 8 hours unless told
    /// (as saslauthd); 0 for never.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CacheLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Verified passwords remembered at once, about 200 octets each, 1 to 1,000,000; 50,000 unless told.</summary>
    [Range(1, 1_000_000)]
    public int CacheSize { get; init; } = 50_000;

    /// <summary>
    /// How long last logins are gathered before they are written together: 0.1 seconds to 10 minutes, 2 seconds unless told.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LastLoginInterval { get; init; } = TimeSpan.FromSeconds(2);
}
