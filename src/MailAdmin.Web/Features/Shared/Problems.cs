using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Results;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace MailAdmin.Web.Features.Shared;

/// <summary>The problems that the forms themselves report, before Core is called.</summary>
public static class FormProblems
{
    public static Problem NumberMalformed(string text) => new("NumberMalformed", null, text);

    public static Problem DateMalformed(string text) => new("DateMalformed", null, text);

    public static Problem ChoiceUnknown { get; } = new("ChoiceUnknown");
}

/// <summary>The texts of a <see cref="Problem"/>: its code is the key in ProblemTexts.</summary>
internal static class Problems
{
    // ModelState has one string for each error. The ASCII unit separator is in none of them, so it can separate text and link.
    private const char Separator = '\u001f';

    /// <summary>Reports each problem for its field; one without a field is shown at the top of the form.</summary>
    public static void AddProblems(this ModelStateDictionary state, IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            var (field, text) = (problem.Field ?? "", TextOf(problem) + (problem.Link is { } link ? Separator + PathOf(link) : ""));
            state.AddModelError(field, text);
            if (state.TryGetValue(field, out var entry) && entry.Errors.Count > 0) entry.Errors[^1] = new ProblemError(problem, text);
        }
    }

    /// <summary>The sentence of a field's error, and the page of its subject.</summary>
    public static (string Text, string? Path) Parts(string message) =>
        message.Split(Separator) is [var text, var path] ? (text, path) : (message, null);

    private static string PathOf(ProblemLink link) => link switch
    {
        { AliasId: { } id } => Routes.Of(link.Domain).Alias(id).Show,
        { Username: { } username } => Routes.Of(link.Domain).Account(username).Show,
        _ => Routes.Of(link.Domain).Accounts,
    };

    /// <exception cref="InvalidOperationException">The code has no text: a test ensures that each has one.</exception>
    public static string TextOf(Problem problem)
    {
        var text = ProblemTexts.ResourceManager.GetString(problem.Code, CultureInfo.CurrentUICulture)
            ?? throw new InvalidOperationException($"ProblemTexts has no text for {problem.Code}.");
        return string.Format(CultureInfo.CurrentCulture, text, [.. problem.Args.Select(Show)]);
    }

    private static object Show(object arg) => arg switch
    {
        Quota quota => QuotaText.Of(quota),
        int number => number.Shown(),
        DateOnly day => Dates.Say(day, "D"),
        _ => arg,
    };
}
