using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace MailAdmin.Web.Hosting;

/// <summary>Logs one line for each request to the console, without query strings and without the tokens of one-time links.</summary>
internal static class Logs
{
    private const string Line = "[{Timestamp:HH:mm:ss} {Level:u3}] {Message:lj}{" + LogProperties.Reference + "}{NewLine}{Exception}";

    // The next segment of these paths is a secret.
    private static readonly PathString[] Secret = ["/setup", "/password-link"];

    public static void AddLogs(this IServiceCollection services, PanelSettings settings) => services.AddSerilog(log =>
    {
        log.MinimumLevel.Is(LevelConvert.ToSerilogLevel(settings.LogLevel))
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // Antiforgery would log every refused form and every expired session a second time.
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Fatal)
            // Everybody may ask whether the panel is ready: what is missing is logged by its own part, once.
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
            // The host would log a stack of what gets a sentence (ListenAsync).
            .Filter.ByExcluding(entry => entry.Exception is IOException { InnerException: AddressInUseException })
            .Enrich.With<LogProperties>();
        if (settings.LogFormat == LogFormat.Json) log.WriteTo.Console(new RenderedCompactJsonFormatter());
        else log.WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture);
    });

    /// <summary>For commands, whose answer is on standard output: errors go to standard error.</summary>
    public static void AddCommandLogs(this IServiceCollection services) => services.AddSerilog(log => log
        .MinimumLevel.Is(LogEventLevel.Error)
        .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose));

    public static void UseRequestLogs(this WebApplication app) => app.UseSerilogRequestLogging(o =>
    {
        o.MessageTemplate = "{Method} {Page} {Status} in {Elapsed:0} ms";
        o.GetLevel = LevelOf;
        o.GetMessageTemplateProperties = (context, _, elapsed, status) =>
        [
            new("Method", new ScalarValue(context.Request.Method)),
            new("Page", new ScalarValue(PageOf(context.Request.Path))),
            new("Status", new ScalarValue(status)),
            new("Elapsed", new ScalarValue(elapsed)),
            new(LogProperties.RequestId, new ScalarValue(context.TraceIdentifier)),
        ];
    });

    internal static string PageOf(PathString path)
    {
        var secret = Secret.FirstOrDefault(
            start => path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase, out var rest) && rest.HasValue);
        return secret.HasValue ? secret + "/…" : path.ToString();
    }

    private static LogEventLevel LevelOf(HttpContext context, double elapsed, Exception? exception) =>
        Readiness.IsAskedBy(context.Request) ? LogEventLevel.Debug
        : exception is not null || context.Response.StatusCode >= StatusCodes.Status500InternalServerError ? LogEventLevel.Error
        : LogEventLevel.Information;
}
