using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Previews;

public sealed class PreviewTests
{
    [Fact]
    public async Task A_dry_run_shows_every_map_row_and_writes_nothing()
    {
        await using var core = await CreateAsync();
        var (domain, other) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(other, "ventes", "gugus.dupont@exemple.be");
        var before = await StateAsync(core);

        var shown = await core.Accounts.PlanDeletion(account.Id, null, forGood: false, Actor.Panel).DryRunAsync();
        Value(shown.Result);

        Assert.Equal(before, await StateAsync(core));
        Assert.Equal(
            [
                (PostfixMap.Refused, "gugus.dupont@exemple.be", null, "550 5.2.1 Mailbox is disabled", domain.Id),
                (PostfixMap.Refused, "ventes@voisin.example", null, "550 5.2.1 Mailbox is disabled", other.Id),
            ],
            shown.Effects!.Maps.Where(m => m.Map == PostfixMap.Refused).Select(m => (m.Map, m.Key, m.Before, m.After, m.DomainId!.Value)));
    }

    [Fact]
    public async Task What_is_confirmed_does_exactly_what_was_shown()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        var shown = await EffectsAsync(core, account);

        Value(await core.Accounts.PlanDeletion(account.Id, null, forGood: true, Actor.Panel).ConfirmAsync(shown.Stamp));

        Assert.NotEmpty(shown.Maps);
        foreach (var change in shown.Maps)
        {
            var now = (await core.MapAsync(change.Map)).GetValueOrDefault(change.Key);
            Assert.Equal(change.After, now);
        }
    }

    [Fact]
    public async Task What_was_changed_meanwhile_keeps_a_confirmed_deletion_from_being_made()
    {
        await using var core = await CreateAsync();
        var (domain, other) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        var shown = await EffectsAsync(core, account);
        // The account itself is unchanged, but another customer's alias now leads to it.
        await core.AddAliasAsync(other, "ventes", "gugus.dupont@exemple.be");
        var before = await StateAsync(core);

        var confirmed = await core.Accounts.PlanDeletion(account.Id, null, forGood: true, Actor.Panel).ConfirmAsync(shown.Stamp);

        RefusedWith("PreviewDiffers", null, confirmed);
        Assert.Equal(before, await StateAsync(core));
        Value(await core.Accounts.PlanDeletion(account.Id, null, forGood: true, Actor.Panel)
            .ConfirmAsync((await EffectsAsync(core, account)).Stamp));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000")]
    public async Task Nothing_is_done_that_was_not_shown(string? stamp)
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");

        RefusedWith(
            "PreviewDiffers", null, await core.Accounts.PlanDeletion(account.Id, null, forGood: false, Actor.Panel).ConfirmAsync(stamp));

        Assert.NotNull(await core.Get<AccountRepository>().FindAsync(account.DomainId, account.Username));
    }

    private static async Task<Effects> EffectsAsync(CoreFixture core, Account account)
    {
        var shown = await core.Accounts.PlanDeletion(account.Id, null, forGood: true, Actor.Panel).DryRunAsync();
        Value(shown.Result);
        return shown.Effects!;
    }

    // Everything that a write leaves behind.
    private static async Task<(long Change, int Events, int Wishes, int Accounts, int Retired, string Maps)> StateAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var rows = await context.MapEntries.OrderBy(e => e.Map).ThenBy(e => e.Key).ToListAsync();
        return (
            (await context.ChangeCounters.SingleAsync()).Last, await context.AuditEvents.CountAsync(),
            await context.Jobs.CountAsync(),
            await context.Accounts.CountAsync(a => a.State == AccountState.Active), await context.RetiredUsernames.CountAsync(),
            string.Join('\n', rows.Select(r => $"{r.Map} {r.Key} {r.Value} {r.Sequence}")));
    }
}
