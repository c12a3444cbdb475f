using MailAdmin.Core.SecondFactors;
using MailAdmin.Provisioning;
using MailAdmin.Provisioning.Dns;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Commands;

/// <summary>
/// The panel's services without the panel: nothing listens, no worker runs, and each service is created when it is first used.
/// </summary>
internal static class CommandServices
{
    /// <param name="settings">The settings file, or null for the default one.</param>
    public static IHost Build(string? settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables();
        if (settings is not null) builder.Configuration["settings"] = settings;
        var panel = builder.AddSettings();
        builder.Services.AddCommandLogs();
        builder.Services.AddCore(panel);
        builder.Services.AddSecondFactors();
        // These register hosted services, which are never started.
        builder.Services.AddServers(panel.Cyrus, panel.Sieve, panel.Maps);
        builder.Services.AddDns(panel.Dns);
        builder.AddDoctor(panel);
        return builder.Build();
    }

    /// <summary>The settings file: the one that is named, or the default one if it exists.</summary>
    public static string? FileOf(string? named) =>
        named ?? (File.Exists(CommandOptions.DefaultSettings) ? CommandOptions.DefaultSettings : null);
}
