using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.NetworkInformation;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Dns;
using MailAdmin.Provisioning.Doctor;
using MailAdmin.Provisioning.Logins;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Sending;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// The whole settings file: its section <c>MailAdmin</c>, with one property for each section, whose type is the feature's options class.
/// The properties are the keys that the file may have (<see cref="SettingsKeys"/>); their values are validated at start
/// (<see cref="SettingsRules"/>).
/// </summary>
public sealed class PanelSettings : IValidatableObject
{
    public const string Section = "MailAdmin";

    /// <summary>Path of the database file.</summary>
    [Required]
    public string Database { get; init; } = "";

    /// <summary>
    /// Path of the file with the key that encrypts the database's secrets; created at the first start. Default: systemd's credential
    /// <c>mailadmin.key</c> if there is one, otherwise a file beside the database.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// The URL at which browsers reach the panel; with <c>https</c> every cookie is Secure. Default: the address that the panel listens on.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    public StoreSettings Store { get; init; } = new();

    public MapOptions Maps { get; init; } = new();

    /// <summary>Null if the file has no such section: then nothing is provisioned.</summary>
    public CyrusOptions? Cyrus { get; init; }

    public SieveOptions Sieve { get; init; } = new();

    public LoginOptions Logins { get; init; } = new();

    public SendingOptions Sending { get; init; } = new();

    public ForwardingSettings Forwarding { get; init; } = new();

    public DnsOptions Dns { get; init; } = new();

    public DoctorSettings Doctor { get; init; } = new();

    public PasswordOptions Passwords { get; init; } = new();

    public VacationOptions Vacations { get; init; } = new();

    public MailboxCopyOptions MailboxCopies { get; init; } = new();

    public SessionSettings Sessions { get; init; } = new();

    public MetricsSettings Metrics { get; init; } = new();

    public TracingSettings Tracing { get; init; } = new();

    /// <summary>Addresses of the proxies in front of the panel: only their headers about the browser are trusted.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>The lowest level that is logged. Default: Information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How log entries are written. Default: as text.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    public bool IsTls => PublicUrl?.Scheme == Uri.UriSchemeHttps;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl is { } url && !(url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)))
            yield return new($"is '{url}'; it has to be an address such as https://mail.example.org", [nameof(PublicUrl)]);
        foreach (var proxy in Proxies.Where(p => !IPAddress.TryParse(p, out _)))
            yield return new($"has '{proxy}'; each has to be an IP address", [nameof(Proxies)]);
    }

    /// <summary>The database's part of these settings, which have been validated.</summary>
    public DatabaseOptions ToDatabaseOptions() => new()
    {
        File = Database,
        KeyFile = KeyFile ?? Credential("mailadmin.key"),
        StoreName = DomainName.Parse(Store.Name),
        StoreNextHop = Store.NextHop,
        Host = new(Maps.Hostname is { Length: > 0 } name ? DomainName.Parse(name) : null)
        {
            Origin = Maps.OriginOrParent is { } origin ? DomainName.Parse(origin) : null,
            Postmaster = Maps.Postmaster,
            Addresses = NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses)
                .Select(a => a.Address).ToHashSet(),
            ReservedUsernames = Cyrus?.Administrators() ?? new HashSet<string>(StringComparer.Ordinal),
        },
    };

    private static string? Credential(string name) =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder && Path.Combine(folder, name) is var file
            && File.Exists(file) ? file : null;
}
