using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.EndToEnd.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using static MailAdmin.EndToEnd.Tests.Vacations.VacationHost;

namespace MailAdmin.EndToEnd.Tests.Vacations;

/// <summary>Real mail to an account whose owner is away (manual, 3.3), and the answers that its senders get.</summary>
[Collection(VacationCollection.Name)]
public sealed class VacationTests(VacationHost host) : VacationTest(host)
{
    // C040, C042, C044, C050, C052, C054
    [Theory]
    [InlineData("Congés d'été – réponse automatique", "Je suis \"absent\" jusqu'au 3, dossier C:\\temp\\")]
    [InlineData("50% \"moins\" ${1} \\o/ 🏝️", "un\n.\n..\nVoir <https://www.example.org> & contacter \"Marie\" </textarea><b>")]
    [InlineData("Absent (retour le 3/12) ; voir <ici>", "Matin 9-12 | soir 14-17 / 50% & plus $1 \\n ~ ^ # ;\n\nFrom moi ${d} ${0}\n🏝️")]
    public async Task A_sender_gets_subject_and_text_as_they_were_typed_and_once(string subject, string text)
    {
        var user = await Host.AddUserAsync($"mots{Guid.NewGuid():N}"[..12]);
        await user.SaveAsync(user.Typed with { Subject = subject, Text = text });
        var sender = NewSender();

        await Host.SendAsync(sender, user.Address, "Bonjour");
        await AnsweredAsync(sender);
        await Host.SendAsync(sender, user.Address, "Encore");

        var answer = Assert.Single(Host.AnswersTo(sender));
        Assert.Equal(subject, answer.Subject);
        Assert.Equal(text, answer.TextBody!.TrimEnd().ReplaceLineEndings("\n"));
        Assert.Equal(user.Address, answer.From.Mailboxes.Single().Address);
        await NotAnsweredBeforeAsync(user, sender, count: 1);
    }

    [Fact]
    public async Task A_paragraph_typed_as_one_long_line_arrives_whole()
    {
        var user = await Host.AddUserAsync("longue");
        var text = string.Join(' ', Enumerable.Range(1, 600).Select(n => $"élément{n}")) + "\n.\n\"fin\" ${1} 🏝️";
        await user.SaveAsync(user.Typed with { Text = text });
        var sender = NewSender();

        await Host.SendAsync(sender, user.Address, "Bonjour");

        Assert.Equal(text, (await AnsweredAsync(sender)).TextBody!.TrimEnd().ReplaceLineEndings("\n"));
    }

    // C046
    [Fact]
    public async Task Mail_to_aliases_other_names_of_the_domain_and_tags_is_answered_and_a_new_alias_as_soon_as_it_is_there()
    {
        var user = await Host.AddUserAsync("alias");
        await Host.AddAliasAsync("surnom", user.Address);
        await Host.Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            var domain = await write.Context.Domains.SingleAsync(d => d.Name == DomainName.Parse("exemple.be"));
            write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse("exemple.com") });
        });
        await user.SaveAsync(user.Typed);
        await Host.AddAliasAsync("plustard", "surnom@exemple.be");
        await user.InPlaceAsync();

        foreach (
            var recipient in (
                string[])["surnom@exemple.be", "alias@exemple.com", "alias+vacances@exemple.be", "surnom+x@exemple.com",
                "plustard@exemple.be", "ALIAS@Exemple.Be"])
        {
            var sender = NewSender();
            await Eventually.HoldsAsync(() => Host.SendAsync(sender, recipient, "Bonjour"));
            Assert.Equal(user.Address, (await AnsweredAsync(sender)).From.Mailboxes.Single().Address);
        }
    }

    [Fact]
    public async Task Mail_to_a_list_is_answered_by_none_of_its_members()
    {
        var user = await Host.AddUserAsync("membre");
        await Host.AddAliasAsync("tous", user.Address, "pascal@exemple.be");
        await user.SaveAsync(user.Typed);
        var sender = NewSender();

        await Host.SendAsync(sender, "tous@exemple.be", "Bonjour");

        await NotAnsweredBeforeAsync(user, sender, count: 0);
    }

    // C048
    [Fact]
    public async Task Lists_bulk_spam_machines_and_oneself_get_no_answer_and_people_do()
    {
        var user = await Host.AddUserAsync("gardes");
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
        foreach (var (subject, sender, change, envelope) in silent) await Host.SendAsync(sender, user.Address, subject, change, envelope);
        var (ham, last, receipts) = (NewSender(), NewSender(), NewSender());
        // These values are only about receipts and reports.
        await Host.SendAsync(receipts, user.Address, "receipts", m => m.Headers.Add("X-Auto-Response-Suppress", "DR, RN, NRN"));
        await Host.SendAsync(ham, user.Address, "ham", m => m.Headers.Add("X-Spam-Status", "No, score=-1.9 required=5.0 tests=BAYES_00"));
        await DeliveredAsync(user, [.. silent.Select(s => s.Subject), "ham", "receipts"]);

        await Host.SendAsync(last, user.Address, "last");
        await AnsweredAsync(last);
        await AnsweredAsync(ham);
        await AnsweredAsync(receipts);

        foreach (var (subject, sender, _, envelope) in silent)
            Assert.True(Host.AnswersTo(envelope ?? sender).Count + Host.AnswersTo(sender).Count == 0, subject);
        Assert.DoesNotContain("Absence", await user.Mail.SubjectsAsync());
    }
}
