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

    /// <summary>Where browsers reach the panel; <c>https</c> makes every cookie Secure. When missing, the address that it listens on.</summary>
    public Uri? PublicUrl { get; init; }

    [Required]
    public StoreSettings Store { get; init; } = new();

    public MapSettings Maps { get; init; } = new();

    public PasswordOptions Passwords { get; init; } = new();

    public VacationOptions Vacations { get; init; } = new();

    /// <summary>Addresses of proxies in front of the panel: theirs alone is believed what they say of the browser.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>The least important messages that are logged; Information unless told.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public bool IsTls => PublicUrl?.Scheme == Uri.UriSchemeHttps;

    /// <exception cref="ValidationException">A setting is missing or wrong; the message names it.</exception>
    public DatabaseOptions ToDatabaseOptions() => new()
    {
        File = Database,
        StoreName = DomainOf(Store.Name, "Store:Name"),
        StoreNextHop = Store.NextHop,
        Addresses = NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address).ToHashSet(),
        Hostname = Maps.Hostname is { Length: > 0 } name ? DomainOf(name, "Maps:Hostname") : null,
    };

    private static DomainName DomainOf(string text, string setting) =>
        DomainName.TryParse(text, out var name) ? name : throw new ValidationException($"{Section}:{setting} is '{text}'; it has to be a domain name.");

    public sealed class StoreSettings
    {
        /// <summary>The name after the @ of mailboxes in the maps.</summary>
        public string Name { get; init; } = "";

        /// <summary>Postfix transport to the store's LMTP service.</summary>
        public string NextHop { get; init; } = "";
    }

    public sealed class MapSettings
    {
        /// <summary>The mail host's own name, which nobody may host.</summary>
        public string? Hostname { get; init; }
    }
}
