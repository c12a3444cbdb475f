using FsCheck;
using FsCheck.Fluent;

namespace MailAdmin.Testing.Hosts;

public enum HostAction
{
    AddDomain,
    DeleteDomain,
    SwitchDomainSuspended,
    SwitchRouting,
    CompleteSwitches,
    AddDomainAlias,
    RemoveDomainAlias,
    SetCatchAll,
    RemoveCatchAll,
    AddAccount,
    MakeReady,
    Suspend,
    Resume,
    SwitchFull,
    SwitchReceiving,
    HideAccount,
    DeleteAccountForGood,
    Purge,
    AddAddress,
    RemoveAddress,
    AddAlias,
    AddDestination,
    RemoveDestination,
    DeleteAlias,
    SetRedirect,
    RemoveRedirect,
    SetRoleAddress,
}

/// <summary>
/// One operation. The numbers choose among what exists when the operation runs, so that each step still means something after others are
/// left out.
/// </summary>
public sealed record HostStep(HostAction Action, int First, int Second)
{
    public override string ToString() => $"{Action}({First},{Second})";
}

/// <summary>What happens to a host, in order.</summary>
public sealed record HostSteps(IReadOnlyList<HostStep> Steps)
{
    public override string ToString() => string.Join(' ', Steps);
}

/// <summary>Generates histories of small hosts, and shrinks them by leaving steps out.</summary>
public static class HostHistories
{
    // Each history begins with a host that has accounts and aliases: an empty host has little that can break.
    private static readonly HostStep[] Beginning =
    [
        new(HostAction.AddDomain, 0, 0), new(HostAction.AddAccount, 0, 0), new(HostAction.MakeReady, 0, 0),
        new(HostAction.AddAccount, 0, 1),
        new(HostAction.MakeReady, 1, 0), new(HostAction.AddDomain, 1, 0), new(HostAction.AddAlias, 0, 2),
        new(HostAction.AddDestination, 0, 0),
        new(HostAction.AddAlias, 1, 14),
    ];

    private static readonly HostAction[] Often = [HostAction.AddAlias, HostAction.AddDestination, HostAction.AddDestination,
        HostAction.AddAccount, HostAction.MakeReady, HostAction.SetRedirect];

    private static readonly Gen<HostStep> Step =
        from action in Gen.Elements<HostAction>([.. Enum.GetValues<HostAction>(), .. Often, .. Often])
        from first in Gen.Choose(0, 30)
        from second in Gen.Choose(0, 30)
        select new HostStep(action, first, second);

    public static Arbitrary<HostSteps> Histories() => Arb.From(
        Gen.Choose(5, 40).SelectMany(length => Gen.ArrayOf(Step, length)).Select(steps => new HostSteps([.. Beginning, .. steps])),
        Shorter);

    private static IEnumerable<HostSteps> Shorter(HostSteps history)
    {
        var steps = history.Steps;
        for (var size = steps.Count / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= steps.Count; start += size) yield return new HostSteps(
                [.. steps.Take(start), .. steps.Skip(start + size)]);
        }
    }
}
