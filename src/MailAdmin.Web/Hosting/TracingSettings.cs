using System.ComponentModel.DataAnnotations;
using OpenTelemetry.Exporter;

namespace MailAdmin.Web.Hosting;

/// <summary>Where traces are sent by OTLP, by default nowhere: section <c>Tracing</c> of the settings file.</summary>
public sealed class TracingSettings : IValidatableObject
{
    /// <summary>The collector's base address, such as <c>http://127.0.0.1:4317</c>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary><c>Grpc</c> (usually port 4317) or <c>HttpProtobuf</c> (usually 4318).</summary>
    public OtlpExportProtocol Protocol { get; init; } = OtlpExportProtocol.Grpc;

    /// <summary>Where spans are sent: over HTTP, OTLP has a path for them below the base address.</summary>
    public Uri? SpanEndpoint => Endpoint is { } url && Protocol == OtlpExportProtocol.HttpProtobuf
        ? new Uri(url.OriginalString.TrimEnd('/') + "/v1/traces") : Endpoint;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } url && !(url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)))
            yield return new($"is '{url}'; it has to be an address such as http://127.0.0.1:4317", [nameof(Endpoint)]);
    }
}
