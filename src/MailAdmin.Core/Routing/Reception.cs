using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

/// <summary>Whether a recipient takes mail, from best to worst.</summary>
internal enum Reception
{
    Open,

    /// <summary>Full: the sender is to try again (manual, 3.1).</summary>
    Full,

    /// <summary>The mailbox is being created and works a moment later.</summary>
    Pending,

    /// <summary>Suspended; senders keep the mail in the meantime. Copies for other recipients do not wait for it.</summary>
    Held,

    /// <summary>Suspended, deleted, not receiving, or without destinations.</summary>
    Off,
}

internal static class Receptions
{
    /// <summary>The reception of the mailbox itself, without its redirect and its domain.</summary>
    public static Reception Of(AccountFacts account) => account switch
    {
        { State: AccountState.Deleted } => Reception.Off,
        { State: AccountState.Suspended } => account.HoldsMail ? Reception.Held : Reception.Off,
        _ when !account.Services.HasFlag(MailProtocols.Receiving) => Reception.Off,
        { MailboxReady: false } => Reception.Pending,
        { IsFull: true } => Reception.Full,
        _ => Reception.Open,
    };

    /// <summary>The reception of mail to the account's own addresses, its redirect included.</summary>
    public static Reception ReceptionAtRcpt(this AccountFacts account) => account.WithRedirect([]);

    /// <summary>The reception through an alias or a redirect: a suspended domain suspends its accounts and aliases too.</summary>
    public static Reception ReceptionViaAlias(this DestinationFacts destination) => destination.ReceptionViaAlias([]);

    /// <inheritdoc cref="ReceptionViaAlias(DestinationFacts)"/>
    public static Reception ReceptionViaAlias(this AccountFacts account) => account.ReceptionViaAlias([]);

    /// <summary>The best reception of all destinations: one that takes mail is enough.</summary>
    public static Reception Best(this IEnumerable<DestinationFacts> destinations, HashSet<IExpandable> path) =>
        destinations.Select(d => d.ReceptionViaAlias(path)).DefaultIfEmpty(Reception.Off).Min();

    /// <summary>
    /// Whether the account is an effective holder of its domain's catch-all: mail for unknown recipients is delivered to it, or deferred
    /// while it takes no mail for now. If it takes no mail for good, unknown recipients are refused.
    /// </summary>
    public static bool Catches(this AccountFacts? holder) => holder is not null && holder.ReceptionViaAlias() != Reception.Off;

    /// <summary>
    /// Whether the recipient stays in destination lists: its mail is delivered now, or waits in this host's queue until it can be.
    /// </summary>
    public static bool IsReachable(this Reception reception) => reception <= Reception.Pending;

    /// <summary>The answer at RCPT (RFC 3463), or null if mail is accepted.</summary>
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
        // This includes an alias with external destinations, since its own senders are refused because of the domain.
        if (address.Domain.State != DomainState.Active) return Reception.Held;
        if (address.Domain.IsRelayed) return Reception.Open;
        if (address.Account is { } account) return account.ReceptionViaAlias(path);
        // A loop cannot be saved. If one exists anyway, it takes no mail.
        if (!path.Add(address)) return Reception.Off;
        var best = address.Destinations.Best(path);
        path.Remove(address);
        return best;
    }

    private static Reception ReceptionViaAlias(this AccountFacts account, HashSet<IExpandable> path) =>
        Worse(account.WithRedirect(path), account.Domain.State == DomainState.Active ? Reception.Open : Reception.Held);

    // An account that takes no mail does not redirect mail either. If it keeps a copy, its mailbox decides; otherwise the mailbox is
    // ignored, full or not.
    private static Reception WithRedirect(this AccountFacts account, HashSet<IExpandable> path)
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
