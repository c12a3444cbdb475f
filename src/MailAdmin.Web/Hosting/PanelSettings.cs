using System.ComponentModel.DataAnnotations;
using System.Net.NetworkInformation;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Vacations;

namespace MailAdmin.Web.Hosting;

/// <summary>The panel's part of the settings file, section <c>MailAdmin</c>. Checked at start.</summary>
public sealed class PanelSettings
{
    public const string Section = "MailAdmin";

    /// <summary>Path of the database file.</summary>
    [Required]
    public string Database { get; init; } = "";

    /// <summary>
    /// Path of the file with the key that encrypts what the database keeps secret; made at the first start. When missing, systemd's credential
    /// <c>mailadmin.key</c> where there is one, else a file beside the database.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>Where browsers reach the panel; <c>https</c> makes every cookie Secure. When missing, the address that it listens on.</summary>
    public Uri? PublicUrl { get; init; }

    [Required]
    public StoreSettings Store { get; init; } = new();

    public MapSettings Maps { get; init; } = new();

    public CyrusSettings Cyrus { get; init; } = new();

    public PasswordOptions Passwords { get; init; } = new();

    public VacationOptions Vacations { get; init; } = new();

    [Required]
    public SessionSettings Sessions { get; init; } = new();

    /// <summary>Addresses of proxies in front of the panel: theirs alone is believed what they say of the browser.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>The least important messages that are logged; Information unless told.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public bool IsTls => PublicUrl?.Scheme == Uri.UriSchemeHttps;

    /// <exception cref="ValidationException">A setting is missing or wrong; the message names it.</exception>
    public DatabaseOptions ToDatabaseOptions() => new()
    {
        File = Database,
        KeyFile = KeyFile ?? Credential("mailadmin.key"),
        StoreName = DomainOf(Store.Name, "Store:Name"),
        StoreNextHop = Store.NextHop,
        Host = new(Maps.Hostname is { Length: > 0 } name ? DomainOf(name, "Maps:Hostname") : null)
        {
            Origin = Maps.OriginOrParent is { } origin ? DomainOf(origin, "Maps:Origin") : null,
            Postmaster = Maps.Postmaster,
            Addresses = NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address).ToHashSet(),
            ReservedUsernames = Cyrus.Administrators().ToHashSet(StringComparer.Ordinal),
        },
    };

    private static string? Credential(string name) =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder && Path.Combine(folder, name) is var file && File.Exists(file) ? file : null;

    private static DomainName DomainOf(string text, string setting) =>
        DomainName.TryParse(text, out var name) ? name : throw new ValidationException($"{Section}:{setting} is '{text}'; it has to be a domain name.");

    /// <summary>How long a browser stays signed in.</summary>
    public sealed class SessionSettings
    {
        /// <summary>Minutes without a page after which a session has ended, 5 to 1440; 120 unless told.</summary>
        [Range(5, 1440)]
        public int IdleMinutes { get; init; } = 120;

        /// <summary>Hours after which it ends however busy it is, 1 to 168; 12 unless told.</summary>
        [Range(1, 168)]
        public int LongestHours { get; init; } = 12;

        public TimeSpan IdleTime => TimeSpan.FromMinutes(IdleMinutes);

        public TimeSpan LongestTime => TimeSpan.FromHours(LongestHours);
    }

    public sealed class StoreSettings
    {
        /// <summary>The name after the @ of mailboxes in the maps.</summary>
        public string Name { get; init; } = "";

        /// <summary>Postfix transport to the store's LMTP service.</summary>
        public string NextHop { get; init; } = "";
    }

    public sealed class CyrusSettings
    {
        /// <summary>The administrator that the panel signs in as.</summary>
        public string? AdminUser { get; init; }

        /// <summary>The others of <c>admins</c> in imapd.conf.</summary>
        public IReadOnlyList<string> Admins { get; init; } = [];

        /// <summary>All of them, as usernames are compared.</summary>
        public IEnumerable<string> Administrators() =>
            Admins.Append(AdminUser).OfType<string>().Select(name => name.Trim().ToLowerInvariant()).Where(name => name.Length > 0);
    }

    public sealed class MapSettings
    {
        /// <summary>The mail host's own name, which nobody may host.</summary>
        public string? Hostname { get; init; }

        /// <summary>The domain of mail that names none (<c>myorigin</c>): the host's own too. The one above <see cref="Hostname"/> unless told.</summary>
        public string? Origin { get; init; }

        /// <summary>Who reads the mail for the host's own names.</summary>
        public string Postmaster { get; init; } = "root@localhost";

        /// <summary>As it is in main.cf; null where there is no name to take it from.</summary>
        public string? OriginOrParent => Origin is { Length: > 0 } ? Origin : ParentOf(Hostname);

        // The part above a name of two labels is no name that mail could have.
        private static string? ParentOf(string? name) => name?.Split('.', 2) is [_, var parent] && parent.Contains('.', StringComparison.Ordinal) ? parent : null;
    }
}
