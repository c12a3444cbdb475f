using MailAdmin.Core.Results;

namespace MailAdmin.Core.Redirects;

/// <summary>Reasons why a redirect cannot be as requested; problems of the destinations themselves are those of aliases.</summary>
public static class RedirectProblems
{
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    /// <summary>The list is empty: it neither redirects the mail nor ends the redirect.</summary>
    public static Problem Missing { get; } = new("RedirectMissing", "Destinations");

    public static Problem OnlyItself { get; } = new("RedirectOnlyItself", "Destinations");

    public static Problem LeadsBack(string name) => new("RedirectLeadsBack", "Destinations", name);

    public static Problem Twice(string text) => new("RedirectTwice", "Destinations", text);
}
