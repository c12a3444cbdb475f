namespace MailAdmin.Provisioning.Doctor;

/// <summary>What the doctor checks, and what it knows about this installation.</summary>
/// <param name="settings">The doctor's section of the settings file.</param>
public sealed class DoctorOptions(DoctorSettings settings)
{
    /// <inheritdoc cref="DoctorSettings.ImapdConf"/>
    public string ImapdConf => settings.ImapdConf;

    /// <inheritdoc cref="DoctorSettings.CyrusConf"/>
    public string? CyrusConf => settings.CyrusConf;

    /// <inheritdoc cref="DoctorSettings.LeastFreeMiB"/>
    public int LeastFreeMiB => settings.LeastFreeMiB;

    /// <inheritdoc cref="DoctorSettings.Certificates"/>
    public required IReadOnlyList<string> Certificates { get; init; }

    /// <summary>Path of the database file.</summary>
    public required string Database { get; init; }

    /// <summary>The names of Cyrus' administrators in the settings, in lower case.</summary>
    public IReadOnlySet<string> Administrators { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The login socket, or null if this installation has none.</summary>
    public string? LoginSocket { get; init; }

    /// <summary>The policy service's socket, or null if this installation has none.</summary>
    public string? PolicySocket { get; init; }

    /// <summary>The milter's socket, or null if this installation has none.</summary>
    public string? MilterSocket { get; init; }

    /// <summary>Path of the settings file, for findings.</summary>
    public string SettingsFile { get; init; } = "settings.json";
}
