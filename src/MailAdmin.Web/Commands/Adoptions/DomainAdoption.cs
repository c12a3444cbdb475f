using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Adoptions;

/// <summary>Adopts all mailboxes of a domain whose name tells the address, and lists those whose name does not.</summary>
internal static class DomainAdoption
{
    public static async Task<ExitCode> RunAsync(CommandRun run, string text)
    {
        if (!DomainName.TryParse(text, out var name, out var misnamed)) return run.Output.Refused([misnamed]);
        if (await run.Get<DomainRepository>().FindAsync(name) is not { Domain: var domain })
            return run.Output.Refused([DomainProblems.NotFound]);
        var mailboxes = await AdoptCommand.MailboxesAsync(run);
        var orphans = await run.Get<DriftAccounts>().OrphansAsync([.. mailboxes.Keys], run.CancellationToken);
        var (found, failed) = (0, 0);
        foreach (var orphan in orphans.Order(StringComparer.Ordinal))
        {
            if (Username.OfMailbox(orphan) is not { } username) continue;
            var suggested = await run.Get<AdoptionSuggestions>().OfAsync(username, run.CancellationToken);
            if (suggested?.Domain.Id != domain.Id) continue;
            found++;
            if (!await AdoptMailboxAsync(run, username, domain, suggested.LocalPart, mailboxes[orphan])) failed++;
        }
        if (found == 0 && !run.Output.IsJson) run.Output.Line(AdoptionTexts.FormatNothing(domain.Name.Display));
        return failed == 0 ? ExitCode.Fine : ExitCode.Findings;
    }

    private static async Task<bool> AdoptMailboxAsync(
        CommandRun run, Username username, MailDomain domain, LocalPart? localPart, ServerMailbox mailbox)
    {
        var problems = new List<string>();
        if (localPart is null) problems.Add(AdoptionTexts.FormatAddressNeeded(username, domain.Name.Display));
        else if (mailbox.Id is null) problems.Add(Problems.TextOf(BackupProblems.MailboxMissing(username.Value)));
        else
        {
            var result = await AdoptCommand.AdoptMailboxAsync(run, username, domain, localPart, mailbox.Id, mailbox);
            problems.AddRange(result.Problems.Select(p => AdoptionTexts.FormatRefused(username, Problems.TextOf(p))));
        }
        foreach (var problem in problems)
            run.Output.Report(new { username = username.Value, problem }, () => run.Output.Line(problem, "red"));
        return problems.Count == 0;
    }
}
