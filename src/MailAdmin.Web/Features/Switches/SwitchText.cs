using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Routings;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Switches;

/// <summary>Texts of the switch, step by step.</summary>
internal static class SwitchText
{
    public static (string Style, string Word) AccountsOf(RoutingPreview preview) => preview switch
    {
        { Accounts: 0 } => ("wait", SwitchTexts.Pending),
        { Refused: > 0 } => ("bad", SwitchTexts.Attention),
        { Pending: > 0 } => ("wait", SwitchTexts.Pending),
        _ => ("ok", SwitchTexts.Ready),
    };

    public static string AccountsSentence(RoutingPreview preview) => preview switch
    {
        { Accounts: 0 } => SwitchTexts.AccountsNone,
        { Pending: > 0 } => SwitchTexts.FormatAccountsPending(preview.Pending.Shown(), preview.Accounts.Shown()),
        _ => SwitchTexts.FormatAccountsReady(preview.Accounts.Shown()),
    };

    public static (string Style, string Word) DnsOf(SwitchPage page)
    {
        if (page.Names.Any(n => n.Mx is null or { State: Core.Dns.RecordState.Unknown })) return ("idle", Dns.DnsTexts.StateUnknown);
        return page.IsEveryMxRight ? ("ok", SwitchTexts.Ready) : ("wait", SwitchTexts.Pending);
    }

    public static (string Style, string Word) SwitchOf(SwitchPage page) => page switch
    {
        { IsSwitching: true } => ("wait", RoutingTexts.Switching),
        { IsRelayed: true } => ("idle", SwitchTexts.Pending),
        _ => ("ok", SwitchTexts.Done),
    };
}
