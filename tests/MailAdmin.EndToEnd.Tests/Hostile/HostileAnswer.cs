using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace MailAdmin.EndToEnd.Tests.Hostile;

/// <summary>What the panel answered to a form.</summary>
internal sealed record HostileAnswer(int Status, IHtmlDocument Document)
{
    /// <summary>The session is over.</summary>
    public bool IsSignIn => Document.QuerySelector("main form[action='/sign-in']") is not null;

    /// <summary>A value that was sent became part of the page's structure.</summary>
    public bool IsBroken => Document.All.Any(e => e.LocalName.Contains(HostileValues.Element, StringComparison.Ordinal)
        || e.Attributes.Any(a => a.Name.StartsWith("on" + HostileValues.Element, StringComparison.Ordinal)
            || (a.Name is "href" or "src" or "action"
                && (a.Value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
                || a.Value.StartsWith("data:text", StringComparison.OrdinalIgnoreCase)))));
}
