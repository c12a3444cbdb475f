using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// Validates the settings with the attributes of the options classes, and with their own <see cref="IValidatableObject"/>.
/// </summary>
internal static class SettingsRules
{
    /// <returns>One sentence for each fault: the key as in the file, its value, and what is allowed.</returns>
    public static IEnumerable<string> Faults(object section, string path = "")
    {
        foreach (var property in SettingsShape.Of(section.GetType()))
        {
            var (key, value) = (path + property.Name, property.GetValue(section));
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>().Where(rule => !rule.IsValid(value)))
                yield return Sentence(key, value, rule);
            if (value is null || !SettingsShape.IsSection(property.PropertyType)) continue;
            foreach (var fault in Faults(value, key + ":")) yield return fault;
        }
        if (section is not IValidatableObject whole) yield break;
        foreach (var result in whole.Validate(new(section))) yield return $"{path}{result.MemberNames.First()} {result.ErrorMessage}";
    }

    private static string Sentence(string key, object? value, ValidationAttribute rule) => rule switch
    {
        RequiredAttribute => $"{key} is missing",
        RangeAttribute { Maximum: int.MaxValue } range => $"{key} is {Shown(value)}; it has to be {Shown(range.Minimum)} or more",
        RangeAttribute range => $"{key} is {Shown(value)}; it has to be {Shown(range.Minimum)} to {Shown(range.Maximum)}",
        MaxLengthAttribute length => $"{key} has {((string)value!).Length} characters; at most {length.Length} are allowed",
        _ => $"{key}: {rule.FormatErrorMessage(key)}",
    };

    private static string Shown(object? value) => value is TimeSpan time
        ? time.ToString("g", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
