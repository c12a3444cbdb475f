using System.ComponentModel.DataAnnotations;
using System.Net;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// Where Prometheus reads the metrics, by default nowhere: section <c>Metrics</c> of the settings file. Anybody who can connect may read
/// them, so the addresses are for the hoster's own network.
/// </summary>
public sealed class MetricsSettings : IValidatableObject
{
    /// <summary>The address of the panel's metrics, such as <c>http://127.0.0.1:9464</c>.</summary>
    public Uri? Listen { get; init; }

    /// <summary>The address of the login service's metrics, which is another process.</summary>
    public Uri? LoginServiceListen { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, Uri? Address)[] told = [(nameof(Listen), Listen), (nameof(LoginServiceListen), LoginServiceListen)];
        foreach (var (name, address) in told.Where(t => t.Address is not null && !IsListener(t.Address)))
            yield return new(
                $"is '{address!.OriginalString}'; it has to be an address of this host, such as http://127.0.0.1:9464", [name]);
        if (Listen is not null && Listen == LoginServiceListen)
            yield return new("is the same as Metrics:Listen; the login service needs an address of its own", [nameof(LoginServiceListen)]);
    }

    // Kestrel would listen on every address for a name that it does not know.
    private static bool IsListener(Uri address) =>
        address is { IsAbsoluteUri: true, Scheme: "http", AbsolutePath: "/", IsDefaultPort: false }
            && (address.IsLoopback || IPAddress.TryParse(address.IdnHost, out _));
}
