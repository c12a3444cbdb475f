using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Domains;

public sealed class LargeDomainTests
{
    // More than is read or written at once.
    private const int Accounts = 1_200;

    [Fact]
    public async Task A_large_domain_goes_whole_and_takes_its_place_in_other_peoples_aliases_along()
    {
        await using var core = await CoreFixture.CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(max: null), await core.AddDomainAsync("voisin.example", "voisin"));
        await FillAsync(core, domain);
        await core.AddAliasAsync(neighbour, "list", "u1@exemple.be", $"u{Accounts}@exemple.be", "exemple0700", "support@example.org");
        Assert.Equal(Accounts + 1, (await core.MapAsync(PostfixMap.Virtual)).Count);

        Assert.True((await core.Domains.DeleteAsync(domain.Id, domain.Version, Actor.Panel)).Succeeded);

        Assert.Equal(["list@voisin.example -> support@example.org"], (await core.MapAsync(PostfixMap.Virtual)).Select(r => $"{r.Key} -> {r.Value}"));
        Assert.Empty(await core.MapAsync(PostfixMap.Senders));
        await using var context = core.Database.Open();
        Assert.Equal(Accounts, await context.OutboxTasks.CountAsync(t => t.Kind == OutboxKind.Removal));
    }

    private static Task FillAsync(CoreFixture core, MailDomain domain) => core.Database.WriteAsync(Actor.Panel, write =>
    {
        for (var n = 1; n <= Accounts; n++)
        {
            var account = new Account
            {
                DomainId = domain.Id,
                Username = Username.Numbered(domain.Prefix, n),
                PasswordHash = "none",
                CreatedAt = write.Now,
                MailboxReady = true,
            };
            account.Addresses.Add(new MailAddress { DomainId = domain.Id, LocalPart = LocalPart.Parse($"u{n}"), IsPrimary = true, CreatedAt = write.Now });
            write.Context.Accounts.Add(account);
        }
        return Task.CompletedTask;
    });
}
