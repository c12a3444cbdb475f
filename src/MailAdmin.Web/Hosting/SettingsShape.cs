using System.Reflection;

namespace MailAdmin.Web.Hosting;

/// <summary>What an options class has of settings: the properties that the configuration binder writes.</summary>
internal static class SettingsShape
{
    public static IEnumerable<PropertyInfo> Of(Type section) =>
        section.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true });

    /// <summary>A class of ours: what stands below it in the file are its properties.</summary>
    public static bool IsSection(Type type) =>
        type is { IsClass: true, Namespace: { } name } && name.StartsWith(nameof(MailAdmin), StringComparison.Ordinal);

    /// <summary>A list of texts.</summary>
    public static bool IsList(Type type) => type.IsAssignableFrom(typeof(string[])) && type != typeof(object);
}
