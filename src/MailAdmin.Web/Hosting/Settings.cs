using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Web.Hosting;

internal static class Settings
{
    /// <summary>Adds the file that <c>--settings FILE</c> names: everything about this installation, in one place (docs/operations.md).</summary>
    public static void AddSettingsFile(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration["settings"] is { } file)
            builder.Configuration.AddJsonFile(Path.GetFullPath(file, Environment.CurrentDirectory), optional: false, reloadOnChange: false);
    }

    /// <exception cref="ValidationException">A setting is missing; the message names it.</exception>
    public static PanelSettings AddPanelSettings(this IHostApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection(PanelSettings.Section).Get<PanelSettings>() ?? new();
        Validator.ValidateObject(settings, new ValidationContext(settings), validateAllProperties: true);
        Validator.ValidateObject(settings.Sessions, new ValidationContext(settings.Sessions), validateAllProperties: true);
        builder.Services.AddSingleton(settings);
        return settings;
    }
}
