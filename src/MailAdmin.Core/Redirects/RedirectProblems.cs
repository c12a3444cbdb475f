using MailAdmin.Core.Results;

namespace MailAdmin.Core.Redirects;

/// <summary>Why a redirect can't be as asked; what is wrong with a destination as such is told as for aliases.</summary>
public static class RedirectProblems
{
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    /// <summary>An empty list neither redirects nor removes: the mail would be nowhere.</summary>
    public static Problem Missing { get; } = new("RedirectMissing", "Destinations");

    public static Problem OnlyItself { get; } = new("RedirectOnlyItself", "Destinations");

    public static Problem LeadsBack(string name) => new("RedirectLeadsBack", "Destinations", name);

    public static Problem Twice(string text) => new("RedirectTwice", "Destinations", text);
}
