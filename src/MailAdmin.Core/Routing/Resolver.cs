using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

/// <summary>What the resolver has to know about a recipient, with the facts of its address and domain.</summary>
/// <param name="LocalPart">As entered, with its tag.</param>
/// <param name="Domain">In A-labels.</param>
/// <param name="IsStore">The domain is the name of a store.</param>
/// <param name="Host">The hosted domain that has this name, or null.</param>
/// <param name="Address">The address in that domain, looked up without the tag; null if it does not exist.</param>
/// <param name="CatchAll">The holder of the domain's catch-all.</param>
internal sealed record RecipientFacts(
    string LocalPart, string Domain, bool IsStore, DomainFacts? Host, AddressFacts? Address, AccountFacts? CatchAll)
{
    /// <summary>
    /// The part after the first plus; null without one. A plus at the very beginning is part of the name, as for Postfix.
    /// </summary>
    public string? Tag => LocalPart.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? LocalPart[(plus + 1)..] : null;

    public string Recipient => $"{LocalPart}@{Domain}";

    /// <summary>Set if it is a guarded address that the domain does not have, or one of the mail host's own: its destination.</summary>
    public MissingRole? Role { get; init; }

    /// <summary>Set if it is an SRS address under the mail host's name.</summary>
    public ReturnFacts? Return { get; init; }

    /// <summary>The domain is a name of the mail host itself, which has no addresses except <see cref="Role"/>.</summary>
    public bool IsHostName { get; init; }

    /// <summary>
    /// Its local part contains sender-specified routing (<c>anna%exemple.be</c>, <c>exemple.be!anna</c>): Postfix refuses that from clients
    /// that have not signed in.
    /// </summary>
    public bool IsRouted => LocalPart.AsSpan().ContainsAny('%', '!');
}

/// <param name="Destination">The hoster's address; null if the catch-all may not receive the address and nobody else does.</param>
/// <param name="There">The hosted address that this is, if any.</param>
internal sealed record MissingRole(string? Destination, AddressFacts? There)
{
    /// <summary>Where the mail host delivers the mail if the destination is an address under a name of its own; otherwise null.</summary>
    public string? Postmaster { get; init; }
}

/// <param name="Sender">The original sender as the mail host says, or as written in the address.</param>
/// <param name="There">The hosted address that this is, if any.</param>
internal sealed record ReturnFacts(ReturnAddressState State, string Sender, AddressFacts? There);

/// <summary>
/// Answers where mail for a recipient goes, and why. It is pure and follows the order of smtpd and cleanup: the mail host's names, then
/// refusals, then the address, the address without its tag, the catch-all, and then all that these lead to.
/// </summary>
internal static class Resolver
{
    private const string AccessDenied = "554 5.7.1 Access denied";
    private const string LookupFailed = "451 4.3.0 Temporary lookup failure";
    private const string RelayDenied = "554 5.7.1 Relay access denied";
    internal const string UserUnknown = "550 5.1.1 User unknown";

    public static Resolution Resolve(RecipientFacts asked)
    {
        if (asked.IsStore) return Refuse(asked, AccessDenied, [new(0, StepKind.Store, asked.Domain)]);
        if (asked.IsHostName) return OfHost(asked);
        if (asked.Host is not { } host)
            return new(asked.Recipient, Verdict.NotHosted, RelayDenied, [], [new(0, StepKind.NotHosted, asked.Domain)]);
        List<ResolutionStep> steps = [.. DomainSteps(asked, host)];
        if (asked.IsRouted) return Refuse(asked, RelayDenied, [.. steps, new(0, StepKind.Routed, asked.Recipient, null, host.Id)]);
        if (host.IsRelayed) return Relay(asked, host, steps);
        if (asked.Role is { } role) return Missing(asked, host, role, steps);
        var isCaught = asked.CatchAll.Catches();
        if (host.RelaysUnknown && asked.Address is null && !isCaught) return Relay(asked, host, steps);
        var walk = new ResolutionWalk(steps);
        if (asked is { Tag: { } tag, Address: not null }) steps.Add(new(0, StepKind.TagDropped, asked.Address.Main, tag));
        if (asked.Address is { } address) walk.Start(address);
        else if (asked.CatchAll is not { } holder) steps.Add(new(0, StepKind.Unknown, asked.Recipient));
        else walk.Start(holder, asked.Recipient);
        var refusal = (asked.Address is null ? null : AliasExpansion.Of(asked.Address).Reception.Refusal()) ?? MapRows.RefusalOf(host)
            ?? (host.IsBeingAdded(asked.Domain) ? MapRows.NameComing : null);
        if (refusal is null && asked.Address is null) refusal = isCaught ? asked.CatchAll!.ReceptionAtRcpt().Refusal() : UserUnknown;
        if (refusal is not null) return Refuse(asked, refusal, steps);
        if (walk.Fault is { } fault) return new(asked.Recipient, Verdict.HeldUp, fault, [], steps);
        return new(asked.Recipient, Verdict.Delivered, null, walk.Destinations, steps);
    }

    private static Resolution OfHost(RecipientFacts asked)
    {
        List<ResolutionStep> steps = [new(0, StepKind.HostName, asked.Domain)];
        if (asked.IsRouted) return Refuse(asked, RelayDenied, [.. steps, new(0, StepKind.Routed, asked.Recipient)]);
        if (asked.Return is { } back) return OfReturn(asked, back, steps);
        if (asked.Role is not { Destination: { } postmaster } role)
            return Refuse(asked, UserUnknown, [.. steps, new(0, StepKind.HostNobody, asked.Recipient)]);
        steps.Add(new(0, StepKind.HostAddress, asked.Recipient, postmaster));
        var walk = new ResolutionWalk(steps);
        if (role.There is { } there) walk.Start(there, 1);
        if (walk.Fault is { } fault) return new(asked.Recipient, Verdict.HeldUp, fault, [], steps);
        return new(asked.Recipient, Verdict.Delivered, null, role.There is null ? [postmaster] : walk.Destinations, steps);
    }

    private static Resolution OfReturn(RecipientFacts asked, ReturnFacts back, List<ResolutionStep> steps)
    {
        if (back.State == ReturnAddressState.Forged)
            return Refuse(asked, UserUnknown, [.. steps, new(0, StepKind.ReturnForged, asked.Recipient)]);
        if (back.State == ReturnAddressState.Away)
            return Refuse(asked, LookupFailed, [.. steps, new(0, StepKind.ReturnAway, asked.Recipient)]);
        steps.Add(
            new(0, back.State == ReturnAddressState.Made ? StepKind.ReturnAddress : StepKind.ReturnUnasked, asked.Recipient, back.Sender));
        if (back.There is not { } there) return new(asked.Recipient, Verdict.Delivered, null, [back.Sender], steps);
        var walk = new ResolutionWalk(steps);
        walk.Start(there, 1);
        return walk.Fault is { } fault
            ? new(asked.Recipient, Verdict.HeldUp, fault, [], steps)
            : new(asked.Recipient, Verdict.Delivered, null, walk.Destinations, steps);
    }

    private static IEnumerable<ResolutionStep> DomainSteps(RecipientFacts asked, DomainFacts host)
    {
        var link = new StepLink(DomainName.Parse(host.Names[0]));
        if (asked.Domain == host.Names[0]) yield return new(0, StepKind.Domain, asked.Domain, null, host.Id, link);
        else yield return new(0, StepKind.DomainAlias, asked.Domain, host.Names[0], host.Id, link);
        if (host.IsBeingAdded(asked.Domain)) yield return new(0, StepKind.NameComing, asked.Domain, host.Names[0], host.Id, link);
        if (host.State == DomainState.Suspended) yield return new(0, StepKind.DomainSuspended, host.Names[0], null, host.Id, link);
        if (host.IsSwitching) yield return new(0, StepKind.DomainSwitching, host.Names[0], host.NextHop, host.Id, link);
        else if (host.IsRelayed) yield return new(0, StepKind.DomainRelayed, host.Names[0], host.NextHop, host.Id, link);
    }

    private static Resolution Relay(RecipientFacts asked, DomainFacts host, List<ResolutionStep> steps) =>
        MapRows.RefusalOf(host) is { } refusal
        ? Refuse(asked, refusal, steps)
        : new(asked.Recipient, Verdict.Relayed, null, [asked.Recipient], steps);

    private static Resolution Missing(RecipientFacts asked, DomainFacts host, MissingRole role, List<ResolutionStep> steps)
    {
        if (role.Destination is not { } destination)
            return Refuse(
                asked, MapRows.RefusalOf(host) ?? UserUnknown, [.. steps, new(0, StepKind.Guarded, asked.Recipient, null, host.Id)]);
        steps.Add(new(0, StepKind.RoleAddress, asked.Recipient, destination, host.Id));
        var walk = new ResolutionWalk(steps);
        if (role.Postmaster is not null) steps.Add(new(0, StepKind.HostAddress, destination, role.Postmaster));
        destination = role.Postmaster ?? destination;
        if (role.There is { } there) walk.Start(there, 1);
        else steps.Add(new(1, StepKind.External, destination));
        if ((MapRows.RefusalOf(host) ?? (host.IsBeingAdded(asked.Domain) ? MapRows.NameComing : null)) is { } refusal)
            return Refuse(asked, refusal, steps);
        if (walk.Fault is { } fault) return new(asked.Recipient, Verdict.HeldUp, fault, [], steps);
        return new(asked.Recipient, Verdict.Delivered, null, role.There is null ? [destination] : walk.Destinations, steps);
    }

    private static Resolution Refuse(RecipientFacts asked, string answer, IReadOnlyList<ResolutionStep> steps) =>
        new(asked.Recipient, answer[0] == '4' ? Verdict.Deferred : Verdict.Refused, answer, [], steps);
}
