using System.ComponentModel;
using System.Reflection;

namespace MailAdmin.Web.Hosting;

/// <summary>Compares the keys of the settings with the known ones: it reports unknown keys, and values of the wrong type.</summary>
/// <param name="file">The settings file alone: keys from other sources, such as the environment, are not checked for being unknown.</param>
internal sealed class SettingsKeys(IConfiguration file)
{
    // Keys that .NET and ASP.NET Core read themselves.
    private static readonly HashSet<string> Standard = new(StringComparer.OrdinalIgnoreCase)
    {
        "Logging", "Kestrel", "AllowedHosts", "Serilog", "ConnectionStrings", "Urls", "Http_Ports", "Https_Ports", "Https_Port",
        "DetailedErrors", "Environment",
        "ApplicationName", "ContentRoot", "WebRoot", "CaptureStartupErrors", "PreferHostingUrls", "SuppressStatusMessages",
        "ShutdownTimeoutSeconds",
        "HostOptions", "HostBuilder", "ForwardedHeaders_Enabled", "stop-with-stdin", "$schema",
    };

    /// <summary>Sections of the file that neither the panel nor .NET knows.</summary>
    public IEnumerable<string> StrangeSections() =>
        from section in file.GetChildren()
        where !Standard.Contains(section.Key) && !section.Key.Equals(PanelSettings.Section, StringComparison.OrdinalIgnoreCase)
        select $"unknown section '{section.Key}'" + (
            SettingsShape.Of(typeof(PanelSettings)).Any(p => p.Name.Equals(section.Key, StringComparison.OrdinalIgnoreCase))
            ? $"; it belongs into '{PanelSettings.Section}'"
            : Nearest(section.Key, [PanelSettings.Section, .. Standard]) is { } meant ? $"; did you mean '{meant}'?" : "");

    /// <param name="section">The section, merged from all sources.</param>
    /// <param name="type">The options class that it is bound to.</param>
    /// <param name="path">The section's path with a trailing colon; empty for <c>MailAdmin</c> itself.</param>
    public IEnumerable<string> Faults(IConfiguration section, Type type, string path = "")
    {
        var known = SettingsShape.Of(type).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (known.TryGetValue(child.Key, out var property)) foreach (var fault in OfValue(child, property, path)) yield return fault;
            else if (IsInFile(child)) yield return $"unknown setting '{path}{child.Key}'; {Known(child.Key, path, known.Values)}";
        }
    }

    private IEnumerable<string> OfValue(IConfigurationSection value, PropertyInfo property, string path)
    {
        var key = path + property.Name;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (SettingsShape.IsSection(type))
            return value.Value is { Length: > 0 } text
                ? [$"{key} is '{text}'; it has to be a section, {{ … }}"] : Faults(value, type, key + ":");
        if (SettingsShape.IsList(type))
            return value.Value is { Length: > 0 } one ? [$"{key} is '{one}'; it has to be a list, [\"{one}\"]"] : [];
        if (value.GetChildren().Any()) return [$"{key} is a section or a list; it has to be one value"];
        return value.Value is { } given && !IsOf(type, given) ? [$"{key} is '{given}'; it has to be {Kind(type)}"] : [];
    }

    // Converts as the configuration binder does. Converters report a failure only by an exception.
    private static bool IsOf(Type type, string text)
    {
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private bool IsInFile(IConfigurationSection child)
    {
        var parent = child.Path[..^(child.Key.Length + 1)];
        return file.GetSection(parent).GetChildren().Any(c => c.Key.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
    }

    private static string Known(string key, string path, IEnumerable<PropertyInfo> known)
    {
        var names = known.Select(p => p.Name).ToList();
        if (Nearest(key, names) is { } meant) return $"did you mean '{path}{meant}'?";
        return Elsewhere(key) is { } place
            ? $"did you mean '{place}'?" : $"known here are {string.Join(", ", names.Order(StringComparer.Ordinal))}";
    }

    private static string? Elsewhere(string key) => (
        from section in SettingsShape.Of(typeof(PanelSettings))
        where SettingsShape.IsSection(section.PropertyType)
        from property in SettingsShape.Of(section.PropertyType)
        where property.Name.Equals(key, StringComparison.OrdinalIgnoreCase)
        select $"{section.Name}:{property.Name}").FirstOrDefault();

    private static string? Nearest(string key, IReadOnlyList<string> names) => names
        .Select(name => (Name: name, Steps: EditDistance.Between(key, name)))
        .Where(near => near.Steps <= Math.Max(2, key.Length / 3))
        .OrderBy(near => near.Steps).Select(near => near.Name).FirstOrDefault();

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(TimeSpan) => "a time, as \"00:00:05\" for five seconds",
        _ => "of another kind",
    };
}
