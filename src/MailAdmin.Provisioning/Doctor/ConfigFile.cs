namespace MailAdmin.Provisioning.Doctor;

/// <param name="Line">Counted from 1.</param>
internal sealed record ConfigValue(string Value, int Line);

/// <summary>A configuration file, with the line of each setting.</summary>
internal sealed class ConfigFile
{
    private readonly Dictionary<string, ConfigValue> _values = new(StringComparer.Ordinal);

    private ConfigFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>The settings that the file has, each once.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Null for a setting that the file does not have.</summary>
    public ConfigValue? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads imapd.conf; null if it can't be read from here.</summary>
    public static ConfigFile? Imapd(string path) => Read(path, ':');

    /// <summary>Reads main.cf; null if it can't be read from here.</summary>
    public static ConfigFile? Main(string path) => Read(path, '=');

    /// <summary>Parses the settings of a configuration that the panel generates.</summary>
    public static ConfigFile Of(string text, char sign)
    {
        var file = new ConfigFile("");
        file.Take(text.Split('\n'), sign);
        return file;
    }

    /// <summary>The line that has the setting, or the file to which it has to be added.</summary>
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

    // If a setting is repeated, the last one applies, as in both servers. A line that begins with white space continues the previous one
    // (main.cf).
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
