using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Vacations;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Provisioning.Sieve;
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using static MailAdmin.EndToEnd.Tests.Vacations.VacationHost;

namespace MailAdmin.EndToEnd.Tests.Vacations;

/// <summary>Real mail to an account whose owner is away (manual, 3.3), and the answers that its senders get.</summary>
public sealed class VacationTests(VacationHost host) : IClassFixture<VacationHost>
{
    // C040, C042, C044, C050, C052, C054
    [Theory]
    [InlineData("Congés d'été – réponse automatique", "Je suis \"absent\" jusqu'au 3, dossier C:\\temp\\")]
    [InlineData("50% \"moins\" ${1} \\o/ 🏝️", "un\n.\n..\nVoir <https://www.example.org> & contacter \"Marie\" </textarea><b>")]
    [InlineData("Absent (retour le 3/12) ; voir <ici>", "Matin 9-12 | soir 14-17 / 50% & plus $1 \\n ~ ^ # ;\n\nFrom moi ${d} ${0}\n🏝️")]
    public async Task A_sender_gets_subject_and_text_as_they_were_typed_and_once(string subject, string text)
    {
        var user = await host.AddUserAsync($"mots{Guid.NewGuid():N}"[..12]);
        await user.SaveAsync(user.Typed with { Subject = subject, Text = text });
        var sender = NewSender();

        await host.SendAsync(sender, user.Address, "Bonjour");
        await AnsweredAsync(sender);
        await host.SendAsync(sender, user.Address, "Encore");

        var answer = Assert.Single(host.AnswersTo(sender));
        Assert.Equal(subject, answer.Subject);
        Assert.Equal(text, answer.TextBody!.TrimEnd().ReplaceLineEndings("\n"));
        Assert.Equal(user.Address, answer.From.Mailboxes.Single().Address);
        await NotAnsweredBeforeAsync(user, sender, count: 1);
    }

    [Fact]
    public async Task A_paragraph_typed_as_one_long_line_arrives_whole()
    {
        var user = await host.AddUserAsync("longue");
        var text = string.Join(' ', Enumerable.Range(1, 600).Select(n => $"élément{n}")) + "\n.\n\"fin\" ${1} 🏝️";
        await user.SaveAsync(user.Typed with { Text = text });
        var sender = NewSender();

        await host.SendAsync(sender, user.Address, "Bonjour");

        Assert.Equal(text, (await AnsweredAsync(sender)).TextBody!.TrimEnd().ReplaceLineEndings("\n"));
    }

    // C046
    [Fact]
    public async Task Mail_to_aliases_other_names_of_the_domain_and_tags_is_answered_and_a_new_alias_as_soon_as_it_is_there()
    {
        var user = await host.AddUserAsync("alias");
        await host.AddAliasAsync("surnom", user.Address);
        await host.Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            var domain = await write.Context.Domains.SingleAsync(d => d.Name == DomainName.Parse("exemple.be"));
            write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse("exemple.com") });
        });
        await user.SaveAsync(user.Typed);
        await host.AddAliasAsync("plustard", "surnom@exemple.be");
        await user.InPlaceAsync();

        foreach (
            var recipient in (
                string[])["surnom@exemple.be", "alias@exemple.com", "alias+vacances@exemple.be", "surnom+x@exemple.com",
                "plustard@exemple.be", "ALIAS@Exemple.Be"])
        {
            var sender = NewSender();
            await Eventually.HoldsAsync(() => host.SendAsync(sender, recipient, "Bonjour"));
            Assert.Equal(user.Address, (await AnsweredAsync(sender)).From.Mailboxes.Single().Address);
        }
    }

    [Fact]
    public async Task Mail_to_a_list_is_answered_by_none_of_its_members()
    {
        var user = await host.AddUserAsync("membre");
        await host.AddAliasAsync("tous", user.Address, "pascal@exemple.be");
        await user.SaveAsync(user.Typed);
        var sender = NewSender();

        await host.SendAsync(sender, "tous@exemple.be", "Bonjour");

        await NotAnsweredBeforeAsync(user, sender, count: 0);
    }

    // C048
    [Fact]
    public async Task Lists_bulk_spam_machines_and_oneself_get_no_answer_and_people_do()
    {
        var user = await host.AddUserAsync("gardes");
        await user.SaveAsync(user.Typed);
        (string Subject, string Sender, Action<MimeMessage>? Change, string? Envelope)[] silent =
        [
            ("list", NewSender(), m => m.Headers.Add("List-Id", "<list.example.net>"), null),
            ("newsletter", NewSender(), m => m.Headers.Add("List-Unsubscribe", "<https://example.net/u>"), null),
            ("bulk", NewSender(), m => m.Headers.Add("Precedence", "bulk"), null),
            ("automatic", NewSender(), m => m.Headers.Add("Auto-Submitted", "auto-generated"), null),
            ("spam flag", NewSender(), m => m.Headers.Add("X-Spam-Flag", "YES"), null),
            ("spam status", NewSender(), m => m.Headers.Add("X-Spam-Status", "Yes, score=9.1 required=5.0"), null),
            ("suppressed", NewSender(), m => m.Headers.Add("X-Auto-Response-Suppress", "OOF, AutoReply"), null),
            ("noreply", "noreply@example.net", null, null),
            ("no-reply", "No-Reply+17@example.net", null, null),
            ("verp", NewSender(), null, "bounces+17-gardes=exemple.be@example.net"),
            ("reply to none", NewSender(), m => m.ReplyTo.Add(new MailboxAddress("", "do-not-reply@example.net")), null),
            ("self", user.Address, null, null),
            ("bcc", NewSender(), m => m.To.Clear(), null),
        ];
        foreach (var (subject, sender, change, envelope) in silent) await host.SendAsync(sender, user.Address, subject, change, envelope);
        var (ham, last, receipts) = (NewSender(), NewSender(), NewSender());
        // These values are only about receipts and reports.
        await host.SendAsync(receipts, user.Address, "receipts", m => m.Headers.Add("X-Auto-Response-Suppress", "DR, RN, NRN"));
        await host.SendAsync(ham, user.Address, "ham", m => m.Headers.Add("X-Spam-Status", "No, score=-1.9 required=5.0 tests=BAYES_00"));
        await DeliveredAsync(user, [.. silent.Select(s => s.Subject), "ham", "receipts"]);

        await host.SendAsync(last, user.Address, "last");
        await AnsweredAsync(last);
        await AnsweredAsync(ham);
        await AnsweredAsync(receipts);

        foreach (var (subject, sender, _, envelope) in silent)
            Assert.True(host.AnswersTo(envelope ?? sender).Count + host.AnswersTo(sender).Count == 0, subject);
        Assert.DoesNotContain("Absence", await user.Mail.SubjectsAsync());
    }

    [Fact]
    public async Task The_users_own_filter_works_on_beside_the_vacation_and_alone_afterwards()
    {
        var user = await host.AddUserAsync("filtre");
        await user.ActivateOwnAsync("été", """
            require ["fileinto", "imap4flags"];
            if header :contains "subject" "perdu" { fileinto "Nulle part"; stop; }
            if header :contains "subject" "jeter" { discard; stop; }

            """.ReplaceLineEndings("\r\n"));
        await user.SaveAsync(user.Typed);
        var (lost, thrown) = (NewSender(), NewSender());

        await host.SendAsync(lost, user.Address, "perdu");
        await host.SendAsync(thrown, user.Address, "jeter");

        await AnsweredAsync(lost);
        await AnsweredAsync(thrown);
        await DeliveredAsync(user, "perdu");
        Assert.DoesNotContain("jeter", await user.Mail.SubjectsAsync());
        await user.SaveAsync(user.Typed with { IsOn = false });
        Assert.Equal("=?UTF-8?Q?=C3=A9t=C3=A9?=", await user.ActiveScriptAsync());
        var later = NewSender();
        await host.SendAsync(later, user.Address, "jeter encore");
        await NotAnsweredBeforeAsync(await AnotherAwayAsync(), later, count: 0);
        Assert.DoesNotContain("jeter encore", await user.Mail.SubjectsAsync());
    }

    [Theory]
    [InlineData("require \"vacation\";\r\nvacation :addresses \"clash1@exemple.be\" \"la mienne\";\r\n", "clash1")]
    [InlineData("require \"reject\";\r\nif header :contains \"subject\" \"Bonjour\" { reject \"non\"; }\r\n", "clash2")]
    public async Task A_script_of_the_users_that_would_silence_both_is_set_aside_and_comes_back(string own, string name)
    {
        var user = await host.AddUserAsync(name);
        await user.ActivateOwnAsync("perso", own);
        await user.SaveAsync(user.Typed);
        var sender = NewSender();

        await host.SendAsync(sender, user.Address, "Bonjour");

        Assert.Equal("je ne suis pas la", (await AnsweredAsync(sender)).TextBody!.Trim());
        await DeliveredAsync(user, "Bonjour");
        await user.SaveAsync(user.Typed with { IsOn = false });
        Assert.Equal("perso", await user.ActiveScriptAsync());
    }

    [Fact]
    public async Task It_begins_and_ends_by_itself()
    {
        var user = await host.AddUserAsync("dates");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        var (early, during, late) = (NewSender(), NewSender(), NewSender());
        await user.SaveAsync(user.Typed with { From = today.AddDays(1) });
        await host.SendAsync(early, user.Address, "avant");
        await DeliveredAsync(user, "avant");

        await user.SetDaysAsync(today.AddDays(-3), today.AddDays(-1));
        await host.SendAsync(late, user.Address, "après");
        await DeliveredAsync(user, "après");

        await user.SetDaysAsync(today, today);
        await host.SendAsync(during, user.Address, "pendant");
        await AnsweredAsync(during);
        Assert.Empty(host.AnswersTo(early).Concat(host.AnswersTo(late)));
        Assert.Equal("mailadmin", await user.ActiveScriptAsync());
    }

    [Fact]
    public async Task The_daily_look_notes_what_another_program_switched_off_without_switching_it_on_and_puts_right_what_an_address_lacks()
    {
        var user = await host.AddUserAsync("regard");
        var other = await host.AddUserAsync("intact");
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
            async () => Assert.True((await host.Get<VacationRepository>().FindAsync(user.Account.Id))!.IsSwitchedOff));
        Assert.Null(await user.ActiveScriptAsync());
        await Eventually.HoldsAsync(
            async () => Assert.NotNull((await host.Get<VacationRepository>().FindAsync(other.Account.Id))!.LookedAt));
        Assert.False((await host.Get<VacationRepository>().FindAsync(other.Account.Id))!.IsSwitchedOff);
        Assert.Contains(
            "perdu en route", await other.WithScriptsAsync(client => client.GetScriptAsync(SieveScripts.Name, CancellationToken.None)),
            StringComparison.Ordinal);
        var row = await host.Get<AccountRepository>().FindAsync(user.Account.DomainId, user.Account.Username);
        Assert.True(row!.Absence!.IsSwitchedOff);
        await user.SaveAsync(user.Typed);
        Assert.False((await host.Get<VacationRepository>().FindAsync(user.Account.Id))!.IsSwitchedOff);
        Assert.Equal("mailadmin", await user.ActiveScriptAsync());
    }

    [Fact]
    public async Task The_daily_look_puts_away_a_vacation_that_is_over_and_the_users_own_script_is_active_again()
    {
        var user = await host.AddUserAsync("rentre");
        await user.ActivateOwnAsync("perso", "keep;");
        await user.SaveAsync(user.Typed);
        Assert.Equal("mailadmin", await user.ActiveScriptAsync());

        await user.SetDaysAsync(null, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime).AddDays(-2));
        await user.ComeToItsTurnAsync();

        await Eventually.HoldsAsync(async () => Assert.Equal("perso", await user.ActiveScriptAsync()));
        var vacation = (await host.Get<VacationRepository>().FindAsync(user.Account.Id))!;
        Assert.False(vacation.IsOn);
        Assert.Equal(user.Typed.Text, vacation.Text);
    }

    // C056
    [Fact]
    public async Task A_sender_who_cannot_be_answered_stops_nothing()
    {
        var user = await host.AddUserAsync("refus");
        await user.SaveAsync(user.Typed);

        // The answer would come back to a hosted domain that has no such address.
        await host.SendAsync("inconnu@exemple.be", user.Address, "sans retour");
        await DeliveredAsync(user, "sans retour");

        var sender = NewSender();
        await host.SendAsync(sender, user.Address, "Bonjour");
        await AnsweredAsync(sender);
    }

    private async Task<AwayUser> AnotherAwayAsync()
    {
        var user = await host.AddUserAsync($"temoin{Guid.NewGuid():N}"[..12]);
        await user.SaveAsync(user.Typed);
        return user;
    }

    private async Task<MimeMessage> AnsweredAsync(string sender)
    {
        await Eventually.HoldsAsync(() => Assert.NotEmpty(host.AnswersTo(sender)));
        return host.AnswersTo(sender)[0];
    }

    /// <summary>Mail of another sender is answered in the meantime, and this sender has no more answers than expected.</summary>
    private async Task NotAnsweredBeforeAsync(AwayUser user, string sender, int count)
    {
        var last = NewSender();
        await host.SendAsync(last, user.Address, "dernier");
        await AnsweredAsync(last);
        Assert.Equal(count, host.AnswersTo(sender).Count);
    }

    private static Task DeliveredAsync(AwayUser user, params string[] subjects) => Eventually.HoldsAsync(async () =>
    {
        var present = await user.Mail.SubjectsAsync();
        Assert.All(subjects, s => Assert.Contains(s, present));
    });
}
