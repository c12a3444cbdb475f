using MailAdmin.Core.Results;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace MailAdmin.Web.Features.Shared;

/// <summary>What is saved now in a field where something else was typed.</summary>
public sealed record ChangedField(string Name, string Value);

/// <summary>
/// Somebody else saved the same thing after a form was drawn. The form comes back as it was typed, with what is saved now above it, and
/// sent once more it replaces that: it has to be drawn with the version that is saved now.
/// </summary>
internal static class Changed
{
    private const string Code = "ChangedMeanwhile";
    private const string Key = "changed-fields";

    /// <summary>Puts each problem beside its field, and says of a form that came too late what is saved.</summary>
    /// <param name="controller">The page's.</param>
    /// <param name="problems">Why it was refused.</param>
    /// <param name="differences">Of each field what is saved, where it differs from what was typed.</param>
    /// <returns>Whether it came too late.</returns>
    public static bool AddProblems(
        this Controller controller, IReadOnlyList<Problem> problems, Func<IEnumerable<ChangedField?>> differences)
    {
        controller.ModelState.AddProblems(problems.Where(p => p.Code != Code));
        if (problems.All(p => p.Code != Code)) return false;
        controller.ViewData[Key] = differences().OfType<ChangedField>().ToList();
        return true;
    }

    /// <summary>Null where both are the same: browsers send other line ends, and an empty field is none.</summary>
    public static ChangedField? Field(string name, string? saved, string? typed)
    {
        var (before, now) = (Plain(saved), Plain(typed));
        return before == now ? null : new(name, before);
    }

    /// <summary>The same of a choice that is shown in words.</summary>
    public static ChangedField? Choice<T>(string name, T saved, T typed, Func<T, string> words) =>
        Equals(saved, typed) ? null : new(name, words(saved));

    private static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    /// <summary>Null unless the form came too late.</summary>
    public static IReadOnlyList<ChangedField>? ChangedFields(this ViewDataDictionary data) => data[Key] as IReadOnlyList<ChangedField>;
}
