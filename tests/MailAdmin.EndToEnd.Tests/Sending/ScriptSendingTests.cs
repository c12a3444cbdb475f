using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.EndToEnd.Tests.Drift;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.EndToEnd.Tests.Sending;

/// <summary>
/// Mail that users' own scripts send through the real Cyrus. Vacations answer as the account, and redirects stay where the domain allows
/// them.
/// </summary>
public sealed class ScriptSendingTests(DriftHost host) : IClassFixture<DriftHost>
{
    [Fact]
    public async Task A_redirect_outside_that_the_domain_forbids_stays_in_the_inbox_and_is_sent_once_it_is_allowed()
    {
        var account = await host.AddAccountAsync("transfere");
        await host.WriteScriptAsync(account, "redirect \"loin@example.org\";");
        await AllowOutsideAsync(false);
        try
        {
            await MailUser.SendFromOutsideAsync(host.Sandbox, "transfere@exemple.be", "garde ici");

            await HasAsync(account, "garde ici");
            Assert.DoesNotContain(Outside(), m => m.Subject == "garde ici");
        }
        finally
        {
            await AllowOutsideAsync(true);
        }
        await MailUser.SendFromOutsideAsync(host.Sandbox, "transfere@exemple.be", "envoie au loin");
        await Eventually.HoldsAsync(
            () => Assert.Contains(
                Outside(), m => m.Subject == "envoie au loin" && m.From.Mailboxes.Single().Address == "somebody@example.net"));
        Assert.DoesNotContain("envoie au loin", await SubjectsAsync(account));
    }

    [Fact]
    public async Task A_redirect_to_a_hosted_domain_goes_on_where_outside_is_forbidden()
    {
        var (account, other) = (await host.AddAccountAsync("voisine"), await host.AddAccountAsync("cible"));
        await host.WriteScriptAsync(account, "redirect \"cible@exemple.be\";");
        await AllowOutsideAsync(false);
        try
        {
            await MailUser.SendFromOutsideAsync(host.Sandbox, "voisine@exemple.be", "passe");

            await HasAsync(other, "passe");
            Assert.DoesNotContain("passe", await SubjectsAsync(account));
        }
        finally
        {
            await AllowOutsideAsync(true);
        }
    }

    [Fact]
    public async Task A_vacation_under_a_strangers_address_is_not_sent_and_the_message_arrives()
    {
        var account = await host.AddAccountAsync("faussaire");
        await host.WriteScriptAsync(account, Vacation("faussaire@exemple.be", "lea@voisin.example", "faux"));

        await MailUser.SendFromOutsideAsync(host.Sandbox, "faussaire@exemple.be", "a un faussaire");

        await HasAsync(account, "a un faussaire");
        Assert.DoesNotContain(Outside(), m => m.Subject == "faux");
    }

    [Fact]
    public async Task A_vacation_under_an_own_address_is_sent()
    {
        var account = await host.AddAccountAsync("honnete");
        await host.WriteScriptAsync(account, Vacation("honnete@exemple.be", "honnete@exemple.be", "vrai"));

        await MailUser.SendFromOutsideAsync(host.Sandbox, "honnete@exemple.be", "a un honnete");

        await HasAsync(account, "a un honnete");
        await Eventually.HoldsAsync(() => Assert.Contains(Outside(), m => m.Subject == "vrai"));
    }

    [Fact]
    public async Task What_a_script_adds_to_its_vacation_does_not_hide_whose_it_is()
    {
        var account = await host.AddAccountAsync("malin");
        await host.WriteScriptAsync(account, """
            require ["vacation"];
            vacation :mime :addresses "malin@exemple.be" :from "malin@exemple.be" :subject "ruse"
              "X-Sieve-Action: redirect\r\nReceived: x\r\nFrom: lea@voisin.example\r\nContent-Type: text/plain\r\n\r\nAbsent";
            """.Replace("\\r\\n", "\r\n", StringComparison.Ordinal));

        await MailUser.SendFromOutsideAsync(host.Sandbox, "malin@exemple.be", "a un malin");

        await HasAsync(account, "a un malin");
        Assert.DoesNotContain(Outside(), m => m.Subject == "ruse");
    }

    private static string Vacation(string address, string from, string subject) =>
        $"require [\"vacation\"]; vacation :addresses \"{address}\" :from \"{from}\" :subject \"{subject}\" \"Absent\";";

    private IEnumerable<MimeKit.MimeMessage> Outside() => host.Sandbox.Outside.Messages().Select(m => m.Message);

    // Everything that a script sends has been sent or refused before the message is in the mailbox.
    private Task HasAsync(Account account, string subject) =>
        Eventually.HoldsAsync(async () => Assert.Contains(subject, await SubjectsAsync(account)));

    private Task<IReadOnlyList<string>> SubjectsAsync(Account account) =>
        new MailUser(host.Sandbox, account.Username.Value, OwnExample.Password).SubjectsAsync();

    private Task AllowOutsideAsync(bool allow) => host.Get<MailDatabase>().WriteAsync(
        Actor.Panel, async write =>
            (await write.Context.Domains.SingleAsync(d => d.Name == DomainName.Parse("exemple.be"))).AllowsExternalDestinations = allow);
}
