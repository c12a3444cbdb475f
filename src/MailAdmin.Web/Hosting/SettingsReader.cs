using System.Diagnostics.CodeAnalysis;
using MailAdmin.Web.Commands;

namespace MailAdmin.Web.Hosting;

/// <summary>Reads the settings once, at start, in the panel, the login service and every command.</summary>
internal static class SettingsReader
{
    /// <summary>For a process that keeps running: prints the faults of invalid settings to standard error.</summary>
    /// <returns>False if the settings are invalid and the process can't run.</returns>
    public static bool TryAddSettings(this IHostApplicationBuilder builder, [NotNullWhen(true)] out PanelSettings? settings)
    {
        try
        {
            settings = builder.AddSettings();
            return true;
        }
        catch (SettingsException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            settings = null;
            return false;
        }
    }

    /// <summary>
    /// Adds the file that <c>--settings FILE</c> names, or the one of the package, which has all settings of this installation
    /// (docs/operations/settings.md). The environment (<c>MailAdmin__Cyrus__Host</c>) is read as well.
    /// </summary>
    /// <exception cref="SettingsException">
    /// The file can't be read, or settings are unknown, missing or invalid: the message names all of them.
    /// </exception>
    public static PanelSettings AddSettings(this IHostApplicationBuilder builder)
    {
        if (CommandServices.FileOf(builder.Configuration["settings"]) is { } file)
        {
            builder.Configuration["settings"] = file;
            AddFile(builder.Configuration, file);
        }
        var settings = Read(builder.Configuration, builder.Configuration["settings"]);
        builder.Services.AddSingleton(settings);
        return settings;
    }

    /// <param name="configuration">All sources merged.</param>
    /// <param name="file">The settings file among them, whose unknown keys are reported; null for none.</param>
    /// <exception cref="SettingsException">A setting is unknown, missing or invalid.</exception>
    public static PanelSettings Read(IConfiguration configuration, string? file)
    {
        var section = configuration.GetSection(PanelSettings.Section);
        var keys = new SettingsKeys(FileAlone(file));
        Refuse(file, [.. keys.StrangeSections(), .. keys.Faults(section, typeof(PanelSettings))]);
        var settings = section.Get<PanelSettings>() ?? new();
        settings.Sieve.Host ??= settings.Cyrus?.Host;
        Refuse(file, [.. SettingsRules.Faults(settings)]);
        return settings;
    }

    /// <summary>Reads a file and the environment, for a command that has no host yet.</summary>
    /// <exception cref="SettingsException">As for <see cref="Read"/>.</exception>
    public static PanelSettings ReadFile(string file)
    {
        using var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables();
        AddFile(configuration, file);
        return Read(configuration, file);
    }

    private static void AddFile(IConfigurationBuilder configuration, string file)
    {
        try
        {
            configuration.AddJsonFile(FullPath(file), optional: false, reloadOnChange: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Refuse(file, [e.GetBaseException().Message.TrimEnd('.')]);
        }
    }

    private static IConfiguration FileAlone(string? file)
    {
        var builder = new ConfigurationBuilder();
        return (file is null ? builder : builder.AddJsonFile(FullPath(file), optional: false, reloadOnChange: false)).Build();
    }

    private static string FullPath(string file) => Path.GetFullPath(file, Environment.CurrentDirectory);

    private static void Refuse(string? file, IReadOnlyList<string> faults)
    {
        if (faults.Count > 0) throw new SettingsException(file, faults);
    }
}
