using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

/// <summary>What becomes of mail for somebody, the best first.</summary>
internal enum Reception
{
    Open,

    /// <summary>Full: the sender shall try again (manual, 3.1).</summary>
    Full,

    /// <summary>The mailbox is being made: a moment later it works.</summary>
    Pending,

    /// <summary>Suspended, and the senders keep the mail meanwhile. Nobody else's copy waits for it.</summary>
    Held,

    /// <summary>Suspended, hidden, not receiving, or nothing there.</summary>
    Off,
}

internal static class Receptions
{
    public static Reception Of(AccountFacts account) => account switch
    {
        { State: AccountState.Deleted } => Reception.Off,
        { State: AccountState.Suspended } => account.HoldsMail ? Reception.Held : Reception.Off,
        _ when !account.Services.HasFlag(MailServices.Receiving) => Reception.Off,
        { MailboxReady: false } => Reception.Pending,
        { IsFull: true } => Reception.Full,
        _ => Reception.Open,
    };

    /// <summary>As others reach it, through an alias: a suspended domain takes its accounts out too.</summary>
    public static Reception ThroughOthers(this AccountFacts account) =>
        Max(Of(account), account.Domain.State == DomainState.Active ? Reception.Open : Reception.Held);

    /// <summary>Keeps its place in lists: what arrives is delivered now, or waits in our queue until it can be.</summary>
    public static bool IsReachable(this Reception reception) => reception <= Reception.Pending;

    /// <summary>The answer at RCPT (RFC 3463), or null where mail is taken.</summary>
    public static string? Refusal(this Reception reception) => reception switch
    {
        Reception.Open => null,
        Reception.Full => "452 4.2.2 Mailbox full",
        Reception.Pending => "450 4.2.1 Mailbox is being set up, try again later",
        Reception.Held => "450 4.2.1 Mailbox is suspended, try again later",
        _ => "550 5.2.1 Mailbox is disabled",
    };

    private static Reception Max(Reception left, Reception right) => left > right ? left : right;
}
