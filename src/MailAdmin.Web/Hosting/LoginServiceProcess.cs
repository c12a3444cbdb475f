using MailAdmin.Web.Commands;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// <c>login-service</c>: only the login socket, as a process of its own, so that mail logins continue while the panel restarts. It reads
/// the panel's settings file; <c>Logins:OwnProcess</c> there keeps the panel from opening the socket as well.
/// </summary>
internal static class LoginServiceProcess
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddStopWithStandardInput();
        builder.Services.AddServiceManager();
        if (!builder.TryAddSettings(out var settings)) return (int)ExitCode.Usage;
        builder.Services.AddLogs(settings);
        builder.Services.AddTelemetry(settings, settings.Metrics.LoginServiceListen);
        builder.Services.AddCore(settings);
        builder.Services.AddLogins(settings);
        using var host = builder.Build();
        // Whichever process starts first creates the tables.
        if (!await host.Services.PrepareDatabaseAsync()) return 1;
        await host.RunAsync();
        return 0;
    }
}
