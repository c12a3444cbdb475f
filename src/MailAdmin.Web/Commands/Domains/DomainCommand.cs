using System.CommandLine;
using MailAdmin.Core.Domains;

namespace MailAdmin.Web.Commands.Domains;

/// <summary><c>mailadmin domain</c>: the commands about domains.</summary>
internal sealed class DomainCommand : Command
{
    public DomainCommand() : base("domain", DomainCommandTexts.Domain)
    {
        Subcommands.Add(new DomainListCommand());
        Subcommands.Add(new DomainShowCommand());
        Subcommands.Add(new DomainCreateCommand());
        Subcommands.Add(new DomainStateCommand("suspend", DomainCommandTexts.Suspend, DomainState.Suspended));
        Subcommands.Add(new DomainStateCommand("resume", DomainCommandTexts.Resume, DomainState.Active));
        Subcommands.Add(new DomainDeleteCommand());
    }

    public static Argument<string> Domain() => new("DOMAIN") { Description = DomainCommandTexts.Name };

    /// <summary>The domain with this name or other name; null if there is none.</summary>
    public static async Task<MailDomain?> FindAsync(CommandRun run, string text) => DomainName.TryParse(text, out var name)
        ? (await run.Get<DomainRepository>().FindAsync(name))?.Domain : null;

    /// <summary>A domain for programs.</summary>
    public static object Document(MailDomain domain) => new
    {
        name = domain.Name.Value,
        otherNames = domain.Aliases.Select(a => a.Name.Value),
        prefix = domain.Prefix.Value,
        domain.State,
        domain.Routing,
        nextHop = domain.Routing == DomainRouting.Relay ? domain.NextHop : null,
        accounts = domain.AccountCount,
        domain.MaxAccounts,
        defaultQuotaKiB = domain.DefaultQuota?.KiB,
        maxQuotaKiB = domain.MaxQuota?.KiB,
        totalQuotaKiB = domain.TotalQuota?.KiB,
        allocatedKiB = domain.AllocatedKiB,
        domain.CreatedAt,
    };
}
