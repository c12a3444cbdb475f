using Serilog.Core;
using Serilog.Events;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// Removes the path from log entries, which ASP.NET Core adds to all that belong to a request: it may have the token of a one-time link.
/// Marks warnings and errors of a request with its id, for the text log.
/// </summary>
internal sealed class LogProperties : ILogEventEnricher
{
    /// <summary>The id that an error page shows.</summary>
    public const string RequestId = nameof(RequestId);

    /// <summary>The end of the line in the text log: <c> (request 0HNQ…)</c>.</summary>
    public const string Reference = nameof(Reference);

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        logEvent.RemovePropertyIfPresent("RequestPath");
        var isSerious = logEvent.Level >= LogEventLevel.Warning;
        if (isSerious && logEvent.Properties.TryGetValue(RequestId, out var id) && id is ScalarValue { Value: string text })
            logEvent.AddPropertyIfAbsent(new(Reference, new ScalarValue($" (request {text})")));
    }
}
