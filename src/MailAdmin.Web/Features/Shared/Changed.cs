using MailAdmin.Core.Results;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace MailAdmin.Web.Features.Shared;

/// <summary>The saved value of a field in which something else was typed.</summary>
public sealed record ChangedField(string Name, string Value);

/// <summary>
/// For a form whose subject somebody else has saved meanwhile. The form is shown again as it was typed, with the saved values above it. If
/// it is submitted once more, it replaces them, so it has to contain the saved version.
/// </summary>
internal static class Changed
{
    private const string Code = "ChangedMeanwhile";
    private const string Key = "changed-fields";

    /// <summary>Reports each problem for its field; for a form that came too late, also the saved values.</summary>
    /// <param name="controller">The page's controller.</param>
    /// <param name="problems">The reasons of the refusal.</param>
    /// <param name="differences">The saved value of each field that differs from what was typed.</param>
    /// <returns>Whether the form came too late.</returns>
    public static bool AddProblems(
        this Controller controller, IReadOnlyList<Problem> problems, Func<IEnumerable<ChangedField?>> differences)
    {
        controller.ModelState.AddProblems(problems.Where(p => p.Code != Code));
        if (problems.All(p => p.Code != Code)) return false;
        controller.ViewData[Key] = differences().OfType<ChangedField>().ToList();
        return true;
    }

    /// <summary>Null if both are the same: browsers send other line ends, and an empty field equals null.</summary>
    public static ChangedField? Field(string name, string? saved, string? typed)
    {
        var (before, now) = (Plain(saved), Plain(typed));
        return before == now ? null : new(name, before);
    }

    /// <summary>The same for a choice, whose values have texts.</summary>
    public static ChangedField? Choice<T>(string name, T saved, T typed, Func<T, string> words) =>
        Equals(saved, typed) ? null : new(name, words(saved));

    private static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    /// <summary>Null unless the form came too late.</summary>
    public static IReadOnlyList<ChangedField>? ChangedFields(this ViewDataDictionary data) => data[Key] as IReadOnlyList<ChangedField>;
}
