using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Redirects;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>Many rows of everything that a page can list, most of them in exemple.be.</summary>
internal static class ManyRows
{
    /// <summary>A domain that is empty before and after.</summary>
    public const string EmptyDomain = "vide.example";

    private const int Count = 15;

    public static async Task AddAsync(PanelApplication panel)
    {
        var domain = (await panel.Get<DomainRepository>().FindAsync(DomainName.Parse("exemple.be")))!.Domain;
        await panel.Get<MailDatabase>()
            .ExecuteWithoutAuditAsync(context => Task.FromResult(context.Domains.Single(d => d.Id == domain.Id).MaxAccounts = 1_000));
        await panel.Get<DomainAliasService>()
            .AddAsync(domain.Id, [.. Enumerable.Range(0, Count).Select(n => DomainName.Parse($"exemple{n}.example"))], Actor.Panel);
        for (var n = 0; n < Count; n++)
        {
            var other = await panel.AddDomainAsync($"client{n}.example", $"client{n}x");
            await panel.AddAdminAsync($"luc{n}", AdminRole.DomainAdmin, domain, other);
            await panel.SignInAsync("jens");
            await panel.Get<AliasService>()
                .CreateAsync(other.Id, LocalPart.Parse("liste"), ["exemple0001", "gugus.dupont@exemple.be"], Actor.Panel);
        }
        await AddAccountsAsync(panel, domain);
        await AddAliasesAsync(panel, domain);
        var run = (await panel.Get<DriftRepository>().LatestAsync())!;
        var findings = Enumerable.Range(0, Count)
            .Select(n => new DriftFinding { RunId = run.Id, Kind = DriftKind.MailboxOrphaned, Subject = $"personne{n}" });
        await panel.Get<DriftRepository>().SaveAsync(run.Id, [.. findings], _ => { });
    }

    private static async Task AddAccountsAsync(PanelApplication panel, MailDomain domain)
    {
        var accounts = panel.Get<AccountRepository>();
        var first = (await accounts.FindAsync(domain, "exemple0001"))!;
        for (var n = 0; n < Count; n++)
        {
            await panel.Get<AccountAddressService>().AddAsync(first.Id, LocalPart.Parse($"gugus{n}"), Actor.Panel);
            var account = await panel.AddAccountAsync(domain, $"a{n}");
            await panel.Get<RedirectService>()
                .SetAsync(account.Id, new RedirectEdit(0, ["exemple0001", $"ami{n}@example.org"], KeepsCopy: true), Actor.Panel);
            var gone = await panel.AddAccountAsync(domain, $"parti{n}");
            await panel.Get<AccountService>().DeleteAsync(gone.Id, gone.Version, forGood: false, Actor.Panel);
        }
        await panel.Get<RedirectService>()
            .SetAsync(
                first.Id, new RedirectEdit(0, [.. Enumerable.Range(0, Count).Select(n => $"ami{n}@example.org")], KeepsCopy: true),
                Actor.Panel);
    }

    private static async Task AddAliasesAsync(PanelApplication panel, MailDomain domain)
    {
        for (var n = 0; n < Count; n++)
            await panel.Get<AliasService>()
                .CreateAsync(
                    domain.Id, LocalPart.Parse($"liste{n}"), ["exemple0001", "info@exemple.be", $"a{n}@exemple.be", "support@example.org"],
                    Actor.Panel);
        await panel.Get<AliasService>()
            .CreateAsync(
                domain.Id, LocalPart.Parse("tous"), [.. Enumerable.Range(0, Count).Select(n => $"liste{n}@exemple.be")], Actor.Panel);
    }
}
