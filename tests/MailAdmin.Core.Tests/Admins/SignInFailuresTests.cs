using MailAdmin.Core.Admins;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Core.Tests.Admins.AdminRightsTests;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Admins;

/// <summary>A22.</summary>
public sealed class SignInFailuresTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quarter_of_an_hour_of_guesses_from_one_network_is_one_event_and_the_owner_is_told_of_all()
    {
        await using var core = await CreateAsync();
        var (jens, failures) = (await FirstAsync(core), core.Get<SignInFailures>());
        for (var n = 0; n < 30; n++) await failures.PasswordWrongAsync(jens, $"192.0.2.{n}");
        await failures.CodeWrongAsync(jens, "198.51.100.7");
        await failures.RecordAsync(Token);
        Assert.Empty(await EventsAsync(core));

        core.Clock.Advance(TimeSpan.FromMinutes(15));
        await failures.RecordAsync(Token);
        await failures.RecordAsync(Token);
        Assert.Equal(2, (await EventsAsync(core)).Count);
        await failures.PasswordWrongAsync(jens, "192.0.2.7");

        var before = await failures.TakeAsync(jens, "203.0.113.1");

        Assert.Equal((31, 1, true, "192.0.2.7"), (before!.Passwords, before.Codes, before.Elsewhere, before.RemoteAddress));
        var events = await EventsAsync(core);
        Assert.Equal(3, events.Count);
        Assert.Contains(events, e => e.Contains("\"passwords\":30", StringComparison.Ordinal));
        Assert.Null(await failures.TakeAsync(jens, "203.0.113.1"));
    }

    [Fact]
    public async Task Networks_without_number_are_summed_up()
    {
        await using var core = await CreateAsync();
        var (jens, failures) = (await FirstAsync(core), core.Get<SignInFailures>());
        for (var n = 0; n < SignInFailures.MaxNetworks + 20; n++) await failures.PasswordWrongAsync(jens, $"10.{n}.0.1");

        await using var context = core.Database.Open();
        Assert.Equal(SignInFailures.MaxNetworks + 1, await context.AdminFailures.CountAsync(Token));
        Assert.Equal(SignInFailures.MaxNetworks + 20, (await failures.TakeAsync(jens, null))!.Passwords);
    }

    [Fact]
    public async Task After_many_wrong_codes_no_more_are_looked_at_for_a_day_or_until_a_sign_in_by_other_means()
    {
        await using var core = await CreateAsync();
        var (jens, failures) = (await FirstAsync(core), core.Get<SignInFailures>());
        for (var n = 0; n < SignInFailures.MaxCodes; n++)
        {
            Assert.Null(await failures.CodesStoppedUntilAsync(jens.Id));
            await failures.CodeWrongAsync(jens, $"10.{n}.0.1");
        }
        Assert.Equal(core.Clock.GetUtcNow() + SignInFailures.CodesStop, await failures.CodesStoppedUntilAsync(jens.Id));

        core.Clock.Advance(SignInFailures.CodesStop);
        Assert.Null(await failures.CodesStoppedUntilAsync(jens.Id));
        await failures.CodeWrongAsync(jens, "10.0.0.1");
        Assert.NotNull(await failures.CodesStoppedUntilAsync(jens.Id));
        await failures.TakeAsync(jens, null);
        Assert.Null(await failures.CodesStoppedUntilAsync(jens.Id));
    }

    private static async Task<List<string>> EventsAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        return await context.AuditEvents.Where(e => e.Kind == "admin.sign-in-refused").Select(e => e.After ?? "").ToListAsync(Token);
    }
}
