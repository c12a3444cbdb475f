using System.Reflection;

namespace MailAdmin.Web.Hosting;

/// <summary>The settings of an options class: the properties that the configuration binder writes.</summary>
internal static class SettingsShape
{
    public static IEnumerable<PropertyInfo> Of(Type section) =>
        section.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true });

    /// <summary>Whether the type is one of the panel's options classes, whose properties are the keys of a section.</summary>
    public static bool IsSection(Type type) =>
        type is { IsClass: true, Namespace: { } name } && name.StartsWith(nameof(MailAdmin), StringComparison.Ordinal);

    /// <summary>Whether the type is a list of strings.</summary>
    public static bool IsList(Type type) => type.IsAssignableFrom(typeof(string[])) && type != typeof(object);
}
