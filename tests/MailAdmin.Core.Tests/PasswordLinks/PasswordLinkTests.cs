using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Core.Tests.Admins.AdminRightsTests;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.PasswordLinks;

public sealed class PasswordLinkTests
{
    [Fact]
    public async Task The_link_shows_the_password_once_of_many_who_open_it_at_the_same_moment()
    {
        await using var core = await CreateAsync();
        var (_, link) = await MakeAsync(core);

        var shown = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => Task.Run(() => Service(core).ShowAsync(link.Id, link.Key, "192.0.2.7"))));

        Assert.Equal(GoodPassword, Assert.Single(shown, s => s.Succeeded).Value!.Password);
        Assert.All(shown.Where(s => !s.Succeeded), s => RefusedWith("PasswordLinkEnded", null, s));
    }

    [Fact]
    public async Task A_wrong_key_shows_nothing_and_burns_nothing()
    {
        await using var core = await CreateAsync();
        var (_, link) = await MakeAsync(core);

        foreach (var key in (string?[])[null, "", "0123456789abcdef0123456789abcdef", link.Key[1..], link.Key + "0"])
            RefusedWith("PasswordLinkKeyWrong", "Key", await Service(core).ShowAsync(link.Id, key, null));

        Assert.Equal(GoodPassword, Value(await Service(core).ShowAsync(link.Id, link.Key.ToUpperInvariant(), null)).Password);
    }

    [Fact]
    public async Task The_database_holds_neither_password_nor_key_and_nothing_at_all_once_it_was_shown()
    {
        await using var core = await CreateAsync();
        var (_, link) = await MakeAsync(core);
        await using var context = core.Database.Open();
        var kept = (await context.PasswordLinks.SingleAsync()).Sealed!;
        var record = string.Concat(await context.AuditEvents.Select(e => e.Subject + e.Before + e.After).ToListAsync());

        Assert.DoesNotContain(GoodPassword, Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        Assert.DoesNotContain(link.Key, record, StringComparison.Ordinal);
        Assert.DoesNotContain(GoodPassword, record, StringComparison.Ordinal);
        Value(await Service(core).ShowAsync(link.Id, link.Key, null));
        Assert.Null((await context.PasswordLinks.AsNoTracking().SingleAsync()).Sealed);
    }

    [Theory]
    [InlineData("too late", PasswordLinkState.Expired)]
    [InlineData("new password", PasswordLinkState.Replaced)]
    [InlineData("deleted", PasswordLinkState.Replaced)]
    [InlineData("withdrawn", PasswordLinkState.Withdrawn)]
    [InlineData("second link", PasswordLinkState.Replaced)]
    public async Task It_ends_and_is_wiped(string how, PasswordLinkState state)
    {
        await using var core = await CreateAsync();
        var (account, link) = await MakeAsync(core);
        var jens = await AdminAsync(core);
        Result result = how switch
        {
            "new password" => await core.Accounts.ChangePasswordAsync(account.Id, "Acht8Schapen!", "Acht8Schapen!", Actor.Panel),
            "deleted" => await core.Accounts.DeleteAsync(account.Id, account.Version, false, Actor.Panel),
            "withdrawn" => await Service(core).WithdrawAsync(link.Id, jens),
            "second link" => await Service(core).CreateAsync(new(account.Id, GoodPassword, 1, "fr"), jens),
            _ => Result.Done,
        };
        Assert.True(result.Succeeded);
        if (how == "too late") core.Clock.Advance(TimeSpan.FromHours(24));

        RefusedWith("PasswordLinkEnded", null, await Service(core).ShowAsync(link.Id, link.Key, null));
        await Service(core).WipeExpiredAsync(default);

        await using var context = core.Database.Open();
        var row = await context.PasswordLinks.SingleAsync(l => l.Id == link.Id);
        Assert.Equal((state, true), (row.State, row.Sealed is null));
    }

    [Fact]
    public async Task Of_a_password_that_is_not_the_accounts_no_link_is_made()
    {
        await using var core = await CreateAsync();
        var (account, _) = await MakeAsync(core);

        RefusedWith(
            "PasswordLinkPasswordChanged", null, await Service(core)
                .CreateAsync(new(account.Id, "Acht8Schapen!", 1, "fr"), await AdminAsync(core)));
        RefusedWith(
            "PasswordLinkHoursUnknown", "Hours", await Service(core)
                .CreateAsync(new(account.Id, GoodPassword, 9_999, "fr"), await AdminAsync(core)));
    }

    [Fact]
    public async Task Who_does_not_see_the_domain_makes_none_and_nobody_withdraws_anothers()
    {
        await using var core = await CreateAsync();
        var (account, link) = await MakeAsync(core);
        var lea = ActorOf(Value(await core.Admins.CreateAsync(New("lea", new(AdminRole.Support, true, [])), Actor.Panel)));

        await Assert.ThrowsAsync<NotPermittedException>(
            () => Service(core).CreateAsync(new(account.Id, GoodPassword, 1, "fr"), lea with { Domains = new HashSet<long>() }));
        await Service(core).WithdrawAsync(link.Id, lea);

        Value(await Service(core).ShowAsync(link.Id, link.Key, null));
    }

    private static PasswordLinkService Service(CoreFixture core) => core.Get<PasswordLinkService>();

    private static async Task<(Account Account, MadePasswordLink Link)> MakeAsync(CoreFixture core)
    {
        var jens = ActorOf(await FirstAsync(core));
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        var link = Value(await Service(core).CreateAsync(new(account.Id, GoodPassword, 24, "fr"), jens));
        await using var context = core.Database.Open();
        return (await context.Accounts.SingleAsync(), link);
    }

    private static async Task<Actor> AdminAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        return ActorOf(await context.Users.SingleAsync(u => u.UserName == "jens"));
    }
}
