using MailAdmin.Core.Accounts;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Sieve;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.EndToEnd.Tests.Vacations.VacationHost;

namespace MailAdmin.EndToEnd.Tests.Vacations;

/// <summary>The script of a vacation beside those of the user and of other programs, over its days.</summary>
[Collection(VacationCollection.Name)]
public sealed class VacationScriptTests(VacationHost host) : VacationTest(host)
{
    [Fact]
    public async Task The_users_own_filter_works_on_beside_the_vacation_and_alone_afterwards()
    {
        var user = await Host.AddUserAsync("filtre");
        await user.ActivateOwnAsync("été", """
            require ["fileinto", "imap4flags"];
            if header :contains "subject" "perdu" { fileinto "Nulle part"; stop; }
            if header :contains "subject" "jeter" { discard; stop; }

            """.ReplaceLineEndings("\r\n"));
        await user.SaveAsync(user.Typed);
        var (lost, thrown) = (NewSender(), NewSender());

        await Host.SendAsync(lost, user.Address, "perdu");
        await Host.SendAsync(thrown, user.Address, "jeter");

        await AnsweredAsync(lost);
        await AnsweredAsync(thrown);
        await DeliveredAsync(user, "perdu");
        Assert.DoesNotContain("jeter", await user.Mail.SubjectsAsync());
        await user.SaveAsync(user.Typed with { IsOn = false });
        Assert.Equal("=?UTF-8?Q?=C3=A9t=C3=A9?=", await user.ActiveScriptAsync());
        var later = NewSender();
        await Host.SendAsync(later, user.Address, "jeter encore");
        await NotAnsweredBeforeAsync(await AnotherAwayAsync(), later, count: 0);
        Assert.DoesNotContain("jeter encore", await user.Mail.SubjectsAsync());
    }

    [Theory]
    [InlineData("require \"vacation\";\r\nvacation :addresses \"clash1@exemple.be\" \"la mienne\";\r\n", "clash1")]
    [InlineData("require \"reject\";\r\nif header :contains \"subject\" \"Bonjour\" { reject \"non\"; }\r\n", "clash2")]
    public async Task A_script_of_the_users_that_would_silence_both_is_set_aside_and_comes_back(string own, string name)
    {
        var user = await Host.AddUserAsync(name);
        await user.ActivateOwnAsync("perso", own);
        await user.SaveAsync(user.Typed);
        var sender = NewSender();

        await Host.SendAsync(sender, user.Address, "Bonjour");

        Assert.Equal("je ne suis pas la", (await AnsweredAsync(sender)).TextBody!.Trim());
        await DeliveredAsync(user, "Bonjour");
        await user.SaveAsync(user.Typed with { IsOn = false });
        Assert.Equal("perso", await user.ActiveScriptAsync());
    }

    [Fact]
    public async Task It_begins_and_ends_by_itself()
    {
        var user = await Host.AddUserAsync("dates");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        var (early, during, late) = (NewSender(), NewSender(), NewSender());
        await user.SaveAsync(user.Typed with { From = today.AddDays(1) });
        await Host.SendAsync(early, user.Address, "avant");
        await DeliveredAsync(user, "avant");

        await user.SetDaysAsync(today.AddDays(-3), today.AddDays(-1));
        await Host.SendAsync(late, user.Address, "après");
        await DeliveredAsync(user, "après");

        await user.SetDaysAsync(today, today);
        await Host.SendAsync(during, user.Address, "pendant");
        await AnsweredAsync(during);
        Assert.Empty(Host.AnswersTo(early).Concat(Host.AnswersTo(late)));
        Assert.Equal("mailadmin", await user.ActiveScriptAsync());
    }

    [Fact]
    public async Task The_daily_look_notes_what_another_program_switched_off_without_switching_it_on_and_puts_right_what_an_address_lacks()
    {
        var user = await Host.AddUserAsync("regard");
        var other = await Host.AddUserAsync("intact");
        await user.SaveAsync(user.Typed);
        await other.SaveAsync(other.Typed);
        await user.WithScriptsAsync(async client =>
        {
            await client.SetActiveAsync("", CancellationToken.None);
            return true;
        });
        // As if a job had been lost: the script has another text than the vacation.
        await other.ChangeAsync(v => v.Text = "perdu en route");

        await user.ComeToItsTurnAsync();
        await other.ComeToItsTurnAsync();

        await Eventually.HoldsAsync(
            async () => Assert.True((await Host.Get<VacationRepository>().FindAsync(user.Account.Id))!.IsSwitchedOff));
        Assert.Null(await user.ActiveScriptAsync());
        await Eventually.HoldsAsync(
            async () => Assert.NotNull((await Host.Get<VacationRepository>().FindAsync(other.Account.Id))!.LookedAt));
        Assert.False((await Host.Get<VacationRepository>().FindAsync(other.Account.Id))!.IsSwitchedOff);
        Assert.Contains(
            "perdu en route", await other.WithScriptsAsync(client => client.GetScriptAsync(SieveScripts.Name, CancellationToken.None)),
            StringComparison.Ordinal);
        var row = await Host.Get<AccountRepository>().FindAsync(user.Account.DomainId, user.Account.Username);
        Assert.True(row!.Absence!.IsSwitchedOff);
        await user.SaveAsync(user.Typed);
        Assert.False((await Host.Get<VacationRepository>().FindAsync(user.Account.Id))!.IsSwitchedOff);
        Assert.Equal("mailadmin", await user.ActiveScriptAsync());
    }

    [Fact]
    public async Task The_daily_look_puts_away_a_vacation_that_is_over_and_the_users_own_script_is_active_again()
    {
        var user = await Host.AddUserAsync("rentre");
        await user.ActivateOwnAsync("perso", "keep;");
        await user.SaveAsync(user.Typed);
        Assert.Equal("mailadmin", await user.ActiveScriptAsync());

        await user.SetDaysAsync(null, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime).AddDays(-2));
        await user.ComeToItsTurnAsync();

        await Eventually.HoldsAsync(async () => Assert.Equal("perso", await user.ActiveScriptAsync()));
        var vacation = (await Host.Get<VacationRepository>().FindAsync(user.Account.Id))!;
        Assert.False(vacation.IsOn);
        Assert.Equal(user.Typed.Text, vacation.Text);
    }

    // C056
    [Fact]
    public async Task A_sender_who_cannot_be_answered_stops_nothing()
    {
        var user = await Host.AddUserAsync("refus");
        await user.SaveAsync(user.Typed);

        // The answer would come back to a hosted domain that has no such address.
        await Host.SendAsync("inconnu@exemple.be", user.Address, "sans retour");
        await DeliveredAsync(user, "sans retour");

        var sender = NewSender();
        await Host.SendAsync(sender, user.Address, "Bonjour");
        await AnsweredAsync(sender);
    }
}
