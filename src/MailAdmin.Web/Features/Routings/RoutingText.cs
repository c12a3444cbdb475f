using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Routings;

/// <summary>Texts about where mail goes.</summary>
internal static class RoutingText
{
    public static (string Style, string Word) StateOf(RoutingPage page) => page switch
    {
        { Progress: not null } => ("wait", RoutingTexts.Switching),
        { IsRelayed: true } => ("idle", RoutingTexts.On),
        _ => ("ok", RoutingTexts.Here),
    };

    public static string Means(RoutingPage page) => page switch
    {
        { Progress: not null, IsRelayed: true } => RoutingTexts.FormatSwitchingOn(page.Domain.NextHop),
        { Progress: not null } => RoutingTexts.FormatSwitchingHere(page.Domain.NextHop),
        { IsRelayed: true } => RoutingTexts.FormatGoesOn(page.Domain.NextHop),
        _ => RoutingTexts.GoesHere,
    };

    public static string Accepted(MailDomain domain) => domain.Routing == DomainRouting.Local
        ? RoutingTexts.FormatAcceptedHere(domain.Name.Display)
        : RoutingTexts.FormatAcceptedOn(domain.Name.Display, domain.NextHop);

    public static string HostOf(SwitchHost host) => host.Report switch
    {
        null => RoutingTexts.HostBehind,
        { IsClear: true } => RoutingTexts.HostDone,
        { Waiting: 1 } => RoutingTexts.HostWaiting_one,
        { Waiting: > 1 and var count } => RoutingTexts.FormatHostWaiting_other(count.Shown()),
        _ => RoutingTexts.HostSettling,
    };

    public static string UnknownRecipientsOf(int count) =>
        count == 1 ? RoutingTexts.UnknownRecipients_one : RoutingTexts.FormatUnknownRecipients_other(count.Shown());

    public static string WaitingOf(WaitingOnHost? waiting) => waiting switch
    {
        null => RoutingTexts.WaitingUnknown,
        { Count: 0 } => RoutingTexts.FormatWaitingNone(waiting.Host),
        { Count: 1 } => RoutingTexts.FormatWaitingCount_one(waiting.Host),
        _ => RoutingTexts.FormatWaitingCount_other(waiting.Host, waiting.Count.Shown()),
    };

    /// <summary>The domain with its other names.</summary>
    public static string NamesOf(MailDomain domain) =>
        string.Join(", ", domain.Aliases.Select(a => a.Name.Display).Prepend(domain.Name.Display));
}
