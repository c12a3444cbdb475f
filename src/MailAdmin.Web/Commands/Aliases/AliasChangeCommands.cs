using System.CommandLine;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;

namespace MailAdmin.Web.Commands.Aliases;

/// <summary><c>mailadmin alias create ADDRESS [DESTINATION…]</c>.</summary>
internal sealed class AliasCreateCommand : PanelCommand
{
    private readonly Argument<string> _address = AliasCommand.Address();
    private readonly Argument<string[]> _destinations = new("DESTINATION")
    { Description = AliasCommandTexts.Destination, Arity = ArgumentArity.ZeroOrMore };

    public AliasCreateCommand() : base("create", AliasCommandTexts.Create)
    {
        Arguments.Add(_address);
        Arguments.Add(_destinations);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (!AddrSpec.TryParse(run.Arguments.GetRequiredValue(_address), out var address, out var fault))
            return run.Output.Refused([fault]);
        if (!LocalPart.TryParse(address.LocalPart, out var part, out fault)) return run.Output.Refused([fault]);
        if (await run.Get<DomainRepository>().FindAsync(address.Domain) is not { Domain: var domain })
            return run.Output.Refused([DomainProblems.NotFound]);
        var result = await run.CarryOutAsync(run.Get<AliasService>().PlanCreation(
            domain.Id, part, run.Arguments.GetValue(_destinations) ?? [], run.Actor));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        var name = $"{part}@{domain.Name.Value}";
        run.Output.Report(
            new { dryRun = run.IsDryRun, alias = name },
            () => run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldCreate(name) : AliasCommandTexts.FormatCreated(name)));
        return ExitCode.Fine;
    }
}

/// <summary><c>mailadmin alias add ALIAS DESTINATION…</c>: all or none.</summary>
internal sealed class AliasAddCommand : AliasChangeCommand
{
    private readonly Argument<string[]> _destinations = new("DESTINATION")
    { Description = AliasCommandTexts.Destination, Arity = ArgumentArity.OneOrMore };

    public AliasAddCommand() : base("add", AliasCommandTexts.AddDestination) => Arguments.Add(_destinations);

    protected override PlannedChange<MailAddress> Plan(CommandRun run, AliasRow alias) =>
        run.Get<AliasService>().PlanAddition(alias.Id, run.Arguments.GetRequiredValue(_destinations), run.Actor);
}

/// <summary><c>mailadmin alias remove ALIAS DESTINATION…</c>: a destination that the alias does not have is no error.</summary>
internal sealed class AliasRemoveCommand : AliasChangeCommand
{
    private readonly Argument<string[]> _destinations = new("DESTINATION")
    { Description = AliasCommandTexts.Destination, Arity = ArgumentArity.OneOrMore };

    public AliasRemoveCommand() : base("remove", AliasCommandTexts.RemoveDestination) => Arguments.Add(_destinations);

    protected override PlannedChange<MailAddress> Plan(CommandRun run, AliasRow alias)
    {
        var named = run.Arguments.GetRequiredValue(_destinations);
        var ids = alias.Destinations.Where(d => named.Contains(d.Display, StringComparer.OrdinalIgnoreCase)).Select(d => d.Id).ToList();
        return run.Get<AliasService>().PlanRemoval(alias.Id, ids, run.Actor);
    }
}

/// <summary><c>mailadmin alias delete ALIAS</c>.</summary>
internal sealed class AliasDeleteCommand() : AliasChangeCommand("delete", AliasCommandTexts.Delete)
{
    protected override PlannedChange<MailAddress> Plan(CommandRun run, AliasRow alias) =>
        run.Get<AliasService>().PlanDeletion(alias.Id, run.Actor);

    protected override string Done(string address) => AliasCommandTexts.FormatDeleted(address);
}
