namespace MailAdmin.Provisioning.Doctor;

/// <param name="Line">From 1.</param>
internal sealed record ConfigValue(string Value, int Line);

/// <summary>A file of settings, and where in it each stands.</summary>
internal sealed class ConfigFile
{
    private readonly Dictionary<string, ConfigValue> _values = new(StringComparer.Ordinal);

    private ConfigFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Null for a setting that is not in the file.</summary>
    public ConfigValue? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>imapd.conf; null when it can't be read from here.</summary>
    public static ConfigFile? Imapd(string path) => Read(path, ':');

    /// <summary>main.cf; null when it can't be read from here.</summary>
    public static ConfigFile? Main(string path) => Read(path, '=');

    /// <summary>The settings of a configuration that we write ourselves.</summary>
    public static ConfigFile Of(string text, char sign)
    {
        var file = new ConfigFile("");
        file.Take(text.Split('\n'), sign);
        return file;
    }

    /// <summary>Where the setting stands, or where it has to be added.</summary>
    public string PlaceOf(string name) => this[name] is { } value ? $"{Path}:{value.Line}" : Path;

    private static ConfigFile? Read(string path, char sign)
    {
        try
        {
            var file = new ConfigFile(path);
            file.Take(File.ReadAllLines(path), sign);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The last of several holds, as with both servers; lines that begin with a space belong to the one before (main.cf).
    private void Take(string[] lines, char sign)
    {
        string? name = null;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.StartsWith('#') || line.Trim().Length == 0) continue;
            if (char.IsWhiteSpace(line[0]) && name is not null)
                _values[name] = _values[name] with { Value = $"{_values[name].Value} {line.Trim()}".Trim() };
            else if (line.IndexOf(sign, StringComparison.Ordinal) is > 0 and var at) _values[name = line[..at].Trim()] = new(
                line[(at + 1)..].Trim(), i + 1);
        }
    }
}
