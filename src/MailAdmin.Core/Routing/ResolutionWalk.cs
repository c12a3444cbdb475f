using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Follows aliases and redirects as Postfix' cleanup does: depth first, counting repeats, and never expanding a mailbox again that is its
/// own destination. A destination that takes no mail gets a step and is left out.
/// </summary>
/// <param name="steps">Receives the steps.</param>
internal sealed class ResolutionWalk(List<ResolutionStep> steps)
{
    // virtual_alias_expansion_limit and virtual_alias_recursion_limit of Postfix.
    private const int Limit = 1_000;

    private readonly List<string> _destinations = [];
    private readonly HashSet<IExpandable> _expanded = new(ReferenceEqualityComparer.Instance);
    // The number of mailboxes in _expanded when each node was entered. Coming back to a node is no loop if the number has grown since,
    // because the mailbox that was added is not expanded again.
    private readonly Dictionary<IExpandable, int> _path = new(ReferenceEqualityComparer.Instance);
    private int _results;

    /// <summary>Without repeats, in the order in which they were found.</summary>
    public IReadOnlyList<string> Destinations => [.. _destinations.Distinct(StringComparer.Ordinal)];

    /// <summary>Postfix' answer if the recipient cannot be expanded, or null.</summary>
    public string? Fault { get; private set; }

    public void Start(AddressFacts address, int depth = 0) => Follow(address, depth);

    /// <summary>Starts from the holder of a catch-all.</summary>
    public void Start(AccountFacts holder, string recipient)
    {
        var kind = holder.Catches() ? StepKind.CatchAll : StepKind.CatchAllIdle;
        steps.Add(new(0, kind, recipient, holder.Username, holder.Domain.Id, Link(holder)));
        Follow(holder, 1);
    }

    private void Follow(AddressFacts address, int depth)
    {
        var link = new StepLink(
            DomainName.Parse(address.Domain.Names[0]), address.Account?.Username, address.Account is null ? address.Id : null);
        if (depth > 0 && address.Domain.State == DomainState.Suspended)
            steps.Add(new(depth, StepKind.DomainSuspended, address.Domain.Names[0], null, address.Domain.Id, link));
        else if (address.Domain.IsRelayed) Deliver(StepKind.Relayed, depth, address.Main, address.Main, address.Domain.Id, link);
        else if (address.Account is { } account)
        {
            steps.Add(new(depth, StepKind.AccountAddress, address.Main, account.Username, address.Domain.Id, link));
            Follow(account, depth + 1);
        }
        else
        {
            steps.Add(
                new(depth, address.Destinations.Count == 0
                ? StepKind.AliasEmpty : StepKind.Alias, address.Main, null, address.Domain.Id, link));
            FollowEach(address, address.Destinations, depth);
        }
    }

    private void Follow(AccountFacts account, int depth)
    {
        if (Obstacle(account) is { } obstacle)
        {
            steps.Add(Step(obstacle, account, depth));
            return;
        }
        if (_expanded.Contains(account))
        {
            steps.Add(Step(StepKind.MetBefore, account, depth));
            return;
        }
        if (!account.MailboxReady) steps.Add(Step(StepKind.MailboxPending, account, depth));
        if (account.IsFull && account.FillsMailbox) steps.Add(Step(StepKind.MailboxFull, account, depth));
        if (!account.IsRedirected)
        {
            Deliver(StepKind.Mailbox, depth, account.Username, account.Mailbox, account.Domain.Id, Link(account));
            return;
        }
        var leads = AliasExpansion.Reachable(account.Redirect).Count > 0;
        steps.Add(Step(leads ? StepKind.Redirect : StepKind.RedirectIdle, account, depth) with { Detail = account.Mailbox });
        if (account.KeepsCopy && leads) _expanded.Add(account);
        if (account.KeepsCopy) Deliver(StepKind.CopyKept, depth + 1, account.Username, account.Mailbox, account.Domain.Id, Link(account));
        FollowEach(account, account.Redirect, depth);
    }

    private void FollowEach(IExpandable at, IReadOnlyList<DestinationFacts> destinations, int depth)
    {
        var isOnPath = _path.TryGetValue(at, out var before);
        if (isOnPath && before == _expanded.Count)
        {
            Stop(StepKind.Loop, at.Name, depth);
            return;
        }
        _path[at] = _expanded.Count;
        foreach (var destination in destinations)
        {
            if (Fault is not null) break;
            if (++_results >= Limit) Stop(StepKind.TooMany, at.Name, depth);
            else if (destination.Account is { } account) Follow(account, depth + 1);
            else if (destination.Address is { } address) Follow(address, depth + 1);
            else Leave(destination, depth + 1);
        }
        if (isOnPath) _path[at] = before;
        else _path.Remove(at);
    }

    private void Leave(DestinationFacts destination, int depth)
    {
        var (external, ours) = (destination.External!, destination.ExternalDomain);
        if (destination.IsNobody) steps.Add(new(depth, StepKind.HostNobody, external));
        else if (destination.Postmaster is { } postmaster)
        {
            steps.Add(new(depth, StepKind.HostAddress, external, postmaster));
            _destinations.Add(postmaster);
        }
        else if (ours is null) Deliver(StepKind.External, depth, external, external, null, null);
        else if (ours.State == DomainState.Suspended) steps.Add(
            new(depth, StepKind.DomainSuspended, ours.Names[0], null, ours.Id, new StepLink(DomainName.Parse(ours.Names[0]))));
        else if (ours.RelaysUnknown && !destination.IsFollowedHere) Deliver(StepKind.Relayed, depth, external, external, ours.Id, null);
        else steps.Add(new(depth, destination.IsCircle ? StepKind.Circle : StepKind.Unresolvable, external, null, ours.Id));
    }

    private void Deliver(StepKind kind, int depth, string subject, string destination, long? domainId, StepLink? link)
    {
        steps.Add(new(depth, kind, subject, null, domainId, link));
        _destinations.Add(destination);
    }

    private void Stop(StepKind why, string name, int depth)
    {
        steps.Add(new(depth, why, name));
        Fault = "451 4.6.0 Alias expansion error";
    }

    private static StepKind? Obstacle(AccountFacts account) => account switch
    {
        { Domain.State: DomainState.Suspended } => StepKind.DomainSuspended,
        { State: AccountState.Deleted } => StepKind.AccountDeleted,
        { State: AccountState.Suspended, HoldsMail: true } => StepKind.AccountHeld,
        { State: AccountState.Suspended } => StepKind.AccountSuspended,
        _ when !account.Services.HasFlag(MailProtocols.Receiving) => StepKind.NotReceiving,
        _ => null,
    };

    private static ResolutionStep Step(StepKind kind, AccountFacts account, int depth) =>
        new(depth, kind, kind == StepKind.DomainSuspended
            ? account.Domain.Names[0] : account.Username, null, account.Domain.Id, Link(account));

    private static StepLink Link(AccountFacts account) => new(DomainName.Parse(account.Domain.Names[0]), account.Username);
}
