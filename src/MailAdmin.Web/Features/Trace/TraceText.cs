using System.Globalization;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Trace;

/// <summary>Texts about a resolution.</summary>
internal static class TraceText
{
    /// <summary>A sentence split around its link; without a link, all of it is in <c>Before</c>.</summary>
    public static TraceSentence Of(ResolutionStep step, bool isHidden)
    {
        var template = isHidden ? TraceTexts.StepHidden : TraceSentence.Template(step.Kind);
        // The link of a catch-all is its holder; of all other steps, the subject.
        var linked = step.Kind is StepKind.CatchAll or StepKind.CatchAllIdle ? "{1}" : "{0}";
        var at = step.Link is null ? -1 : template.IndexOf(linked, StringComparison.Ordinal);
        return at < 0
            ? new(Filled(template), "", "") : new(Filled(template[..at]), Filled(linked), Filled(template[(at + linked.Length)..]));

        string Filled(string text) => string.Format(CultureInfo.CurrentCulture, text, Shown(step.Subject), Shown(step.Detail ?? ""));
    }

    public static string Verdict(Resolution resolution)
    {
        var (recipient, count) = (Shown(resolution.Recipient), resolution.Destinations.Count);
        return resolution.Verdict switch
        {
            Core.Routing.Verdict.Delivered when count == 1 => TraceTexts.FormatDelivered_one(recipient),
            Core.Routing.Verdict.Delivered => TraceTexts.FormatDelivered_other(recipient, count.Shown()),
            Core.Routing.Verdict.Relayed => TraceTexts.FormatRelayed(recipient),
            Core.Routing.Verdict.Deferred => TraceTexts.FormatDeferred(recipient),
            Core.Routing.Verdict.HeldUp => TraceTexts.FormatHeldUp(recipient),
            Core.Routing.Verdict.NotHosted => TraceTexts.FormatNotHosted(recipient),
            _ => TraceTexts.FormatRefused(recipient),
        };
    }

    /// <summary>Sentences that complete the number of destinations: how many copies wait, and how many recipients get none.</summary>
    public static IEnumerable<string> Besides(Resolution resolution)
    {
        if (resolution.Verdict != Core.Routing.Verdict.Delivered) yield break;
        if (resolution.Waiting == 1) yield return TraceTexts.Waiting_one;
        if (resolution.Waiting > 1) yield return TraceTexts.FormatWaiting_other(resolution.Waiting.Shown());
        if (resolution.LeftOut == 1) yield return TraceTexts.LeftOut_one;
        if (resolution.LeftOut > 1) yield return TraceTexts.FormatLeftOut_other(resolution.LeftOut.Shown());
    }

    public static string PathOf(StepLink link) => link switch
    {
        { AliasId: { } id } => Routes.Of(link.Domain).Alias(id).Show,
        { Username: { } username } => Routes.Of(link.Domain).Account(username).Show,
        _ => Routes.Of(link.Domain).Show,
    };

    /// <summary>The colour of the step's dot.</summary>
    public static string Style(StepKind kind) => kind switch
    {
        StepKind.Mailbox or StepKind.CopyKept or StepKind.Domain or StepKind.DomainAlias or StepKind.AccountAddress or StepKind.Alias
            or StepKind.RoleAddress or StepKind.HostName or StepKind.HostAddress or StepKind.ReturnAddress => "ok",
        StepKind.External or StepKind.Relayed or StepKind.DomainRelayed or StepKind.DomainSwitching or StepKind.TagDropped
            or StepKind.MetBefore or StepKind.ReturnUnasked => "idle",
        StepKind.Redirect or StepKind.CatchAll or StepKind.MailboxPending or StepKind.MailboxFull or StepKind.AccountHeld
            or StepKind.DomainSuspended or StepKind.NameComing or StepKind.ReturnAway => "wait",
        _ => "bad",
    };

    private static string Shown(string text)
    {
        if (AddrSpec.TryParse(text, out var address)) return address.Display;
        return text.Contains('.', StringComparison.Ordinal) && DomainName.TryParse(text, out var name) ? name.Display : text;
    }
}
