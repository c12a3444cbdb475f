using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;
using MailAdmin.Testing.Hosts;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Sending;

public sealed class SendingServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Limits_come_from_the_account_then_its_domain_then_the_hoster_and_zero_is_none()
    {
        await using var core = await CreateAsync();
        var (account, service) = (await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont"), core.Get<SendingService>());
        Assert.Equal(SendingLimits.Default, LimitsOf(core));

        Done(await service.ChangeDefaultAsync(0, new(100, null, 300, null), Actor.Panel));
        Done(await service.ChangeDomainAsync(account.DomainId, 0, new(null, 50, null, 0), Actor.Panel));
        Done(await service.ChangeAccountAsync(account.Id, 0, new(7, null, null, null), Actor.Panel));

        var limits = LimitsOf(core);
        Assert.Equal(new SendingLimits(7, 50, 300, 0), limits);
        Assert.Equal(limits, (await core.Get<SendingRepository>().OfAccountAsync(account.DomainId, account.Id, Token)).Settings.Effective);
        Assert.Null(limits.Exceeded(new(0, 0, 10, 1_000_000), 1, 1));
        Assert.Equal(SendingMeasure.MessagesPerHour, limits.Exceeded(new(7, 7, 7, 7), 1, 1));
    }

    [Fact]
    public async Task A_domain_admin_stays_within_the_domains_limits_and_of_two_forms_the_second_is_told()
    {
        await using var core = await CreateAsync();
        var (account, service) = (await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont"), core.Get<SendingService>());
        Done(await service.ChangeDomainAsync(account.DomainId, 0, new(50, null, null, null), Actor.Panel));
        var jens = Jens(account.DomainId);

        RefusedWith(
            "SendingLimitAboveDomain", "MessagesPerHour", await service.ChangeAccountAsync(account.Id, 0, new(51, null, null, null), jens));
        RefusedWith(
            "SendingLimitAboveDomain", "RecipientsPerDay", await service.ChangeAccountAsync(account.Id, 0, new(null, null, null, 0), jens));
        RefusedWith(
            "SendingLimitOutOfRange", "MessagesPerDay",
            await service.ChangeAccountAsync(account.Id, 0, new(null, null, -1, null), Actor.Panel));
        Done(await service.ChangeAccountAsync(account.Id, 0, new(50, 10, null, null), jens));
        RefusedWith("ChangedMeanwhile", null, await service.ChangeAccountAsync(account.Id, 0, new(20, null, null, null), jens));
        await Assert.ThrowsAsync<NotPermittedException>(
            () => service.ChangeDomainAsync(account.DomainId, 1, new(999, null, null, null), jens));
        await Assert.ThrowsAsync<NotPermittedException>(() => service.ChangeDefaultAsync(0, new(999, null, null, null), jens));
        await Assert.ThrowsAsync<NotPermittedException>(() => service.LiftAsync(account.Id, jens));
    }

    [Fact]
    public async Task What_was_sent_adds_up_ages_by_the_hour_and_is_gone_when_a_limit_is_lifted()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        var (senders, hour) = (core.Get<SenderDirectory>(), SendingHour.Of(core.Clock.GetUtcNow()));
        for (var n = 0; n < 2; n++) await senders.AddAsync([Count(hour, 3, 30), Count(hour - 23, 5, 50), Count(hour - 24, 9, 90)], Token);

        Assert.Equal(new SendingTotals(6, 60, 16, 160), senders.Find("exemple0001", hour)!.Sent);
        Assert.Equal(new SendingTotals(0, 0, 6, 60), senders.Find("gugus.dupont@exemple.be", hour + 1)!.Sent);

        await core.Get<SendingService>().ReachedAsync(account.Id, SendingMeasure.MessagesPerDay, 16, Token);
        await core.Get<SendingService>().ReachedAsync(account.Id, SendingMeasure.MessagesPerDay, 16, Token);

        var stopped = Assert.Single(await core.Get<SendingRepository>().StoppedAsync(Actor.Panel, 10, Token));
        // The stop ends when the five messages of a day ago no longer count.
        Assert.Equal(SendingHour.StartOf(hour + 1), stopped.Until);
        await using var context = core.Database.Open();
        Assert.Equal(1, await context.AuditEvents.CountAsync(e => e.Kind == "account.sending-limit-reached", Token));

        Done(await core.Get<SendingService>().LiftAsync(account.Id, Actor.Panel));

        Assert.Equal(default, senders.Find("exemple0001", hour)!.Sent);
        Assert.Equal(0, await core.Get<SendingRepository>().CountStoppedAsync(Token));

        SendingCount Count(long at, long messages, long recipients) =>
            new() { AccountId = account.Id, Hour = at, Messages = messages, Recipients = recipients };
    }

    [Theory]
    [InlineData(SendingScope.Hoster)]
    [InlineData(SendingScope.Domain)]
    [InlineData(SendingScope.Account)]
    public async Task Another_limit_ends_what_was_told_of_the_former_and_of_no_other(SendingScope scope)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var (account, other) = (
            await core.AddAccountAsync(domain, "a"),
            await core.AddAccountAsync(await core.AddDomainAsync("voisin.example", "voisin"), "b"));
        var service = core.Get<SendingService>();
        await service.ReachedAsync(account.Id, SendingMeasure.MessagesPerHour, 1, Token);
        await service.ReachedAsync(other.Id, SendingMeasure.RecipientsPerHour, 1, Token);

        Done(await (scope switch
        {
            SendingScope.Hoster => service.ChangeDefaultAsync(0, new(9, null, null, null), Actor.Panel),
            SendingScope.Domain => service.ChangeDomainAsync(domain.Id, 0, new(9, null, null, null), Actor.Panel),
            _ => service.ChangeAccountAsync(account.Id, 0, new(9, null, null, null), Actor.Panel),
        }));

        Assert.Equal(other.Username, Assert.Single(await core.Get<SendingRepository>().StoppedAsync(Actor.Panel, 10, Token)).Username);
    }

    [Fact]
    public async Task What_counts_no_more_is_forgotten()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        var (senders, hour) = (core.Get<SenderDirectory>(), SendingHour.Of(core.Clock.GetUtcNow()));
        await senders.AddAsync(
            [new() { AccountId = account.Id, Hour = hour, Messages = 1, Recipients = 1 },
            new() { AccountId = account.Id, Hour = hour - 24, Messages = 1, Recipients = 1 }], Token);
        Done(await core.Get<SendingService>().ChangeAccountAsync(account.Id, 0, new(5, null, null, null), Actor.Panel));
        Value(await core.Accounts.DeleteAsync(account.Id, null, forGood: true, Actor.Panel));

        await senders.ForgetAsync(hour, Token);

        await using var context = core.Database.Open();
        Assert.Equal(hour, Assert.Single(await context.SendingCounts.ToListAsync(Token)).Hour);
        Assert.Empty(await context.SendingLimits.ToListAsync(Token));
    }

    private static SendingLimits LimitsOf(CoreFixture core) =>
        core.Get<SenderDirectory>().Find("exemple0001", SendingHour.Of(core.Clock.GetUtcNow()))!.Limits;

    private static void Done(MailAdmin.Core.Results.Result result) => Assert.True(result.Succeeded, string.Join(", ", result.Problems));
}
