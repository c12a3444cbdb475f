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
    /// <summary>Of the mailbox itself, whatever leads there.</summary>
    public static Reception Of(AccountFacts account) => account switch
    {
        { State: AccountState.Deleted } => Reception.Off,
        { State: AccountState.Suspended } => account.HoldsMail ? Reception.Held : Reception.Off,
        _ when !account.Services.HasFlag(MailProtocols.Receiving) => Reception.Off,
        { MailboxReady: false } => Reception.Pending,
        { IsFull: true } => Reception.Full,
        _ => Reception.Open,
    };

    /// <summary>What senders to the account's own addresses meet, its redirect included.</summary>
    public static Reception ReceptionAtRcpt(this AccountFacts account) => account.Followed([]);

    /// <summary>As others reach it, through an alias or a redirect: a suspended domain takes its accounts and aliases out too.</summary>
    public static Reception ReceptionViaAlias(this DestinationFacts destination) => destination.ReceptionViaAlias([]);

    /// <inheritdoc cref="ReceptionViaAlias(DestinationFacts)"/>
    public static Reception ReceptionViaAlias(this AccountFacts account) => account.ReceptionViaAlias([]);

    /// <summary>The best among them: one that takes mail is enough.</summary>
    public static Reception Best(this IEnumerable<DestinationFacts> destinations, HashSet<IExpandable> path) =>
        destinations.Select(d => d.ReceptionViaAlias(path)).DefaultIfEmpty(Reception.Off).Min();

    /// <summary>
    /// Holds its domain's catch-all in effect: unknown recipients are its mail, delivered or refused for now as its own. One that takes no
    /// mail for good holds nothing, and they are unknown.
    /// </summary>
    public static bool Catches(this AccountFacts? holder) => holder is not null && holder.ReceptionViaAlias() != Reception.Off;

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

    private static Reception ReceptionViaAlias(this DestinationFacts destination, HashSet<IExpandable> path) => destination switch
    {
        { Account: { } account } => account.ReceptionViaAlias(path),
        { Address: { } address } => address.ReceptionViaAlias(path),
        { IsNobody: true } => Reception.Off,
        { ExternalDomain.State: DomainState.Suspended } => Reception.Held,
        { ExternalDomain.RelaysUnknown: false } or { IsFollowedHere: true } => Reception.Off,
        _ => Reception.Open,
    };

    private static Reception ReceptionViaAlias(this AddressFacts address, HashSet<IExpandable> path)
    {
        // Even an alias that leads elsewhere: its own senders are refused for it.
        if (address.Domain.State != DomainState.Active) return Reception.Held;
        if (address.Domain.IsRelayed) return Reception.Open;
        if (address.Account is { } account) return account.ReceptionViaAlias(path);
        // A loop cannot be saved; should one come from elsewhere, it leads nowhere.
        if (!path.Add(address)) return Reception.Off;
        var best = address.Destinations.Best(path);
        path.Remove(address);
        return best;
    }

    private static Reception ReceptionViaAlias(this AccountFacts account, HashSet<IExpandable> path) =>
        Worse(account.Followed(path), account.Domain.State == DomainState.Active ? Reception.Open : Reception.Held);

    // Who takes nothing has nothing passed on either. Where a copy is kept it is the mailbox that decides; else it takes no part, full or
    // not.
    private static Reception Followed(this AccountFacts account, HashSet<IExpandable> path)
    {
        var own = Of(account);
        if (account.FillsMailbox) return own;
        if (!path.Add(account)) return Reception.Off;
        var best = account.Redirect.Best(path);
        path.Remove(account);
        return Worse(own == Reception.Full ? Reception.Open : own, best);
    }

    private static Reception Worse(Reception left, Reception right) => left > right ? left : right;
}
