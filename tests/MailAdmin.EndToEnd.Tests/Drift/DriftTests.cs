using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Vacations;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.EndToEnd.Tests.Vacations;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.EndToEnd.Tests.Drift;

/// <summary>Each kind of difference is made by hand on the real servers. It is found, shown and repaired, and then it is gone.</summary>
public sealed class DriftTests(DriftHost host) : IClassFixture<DriftHost>
{
    [Fact]
    public async Task A_sandbox_that_nobody_touched_has_no_difference()
    {
        await host.SettledAsync();

        Assert.Empty(await host.CompareAsync());
    }

    [Fact]
    public async Task Another_quota_is_found_and_the_server_put_right()
    {
        var account = await host.AddAccountAsync("quota.serveur");
        await host.ImapAsync($"SETQUOTA user/{account.Username} (STORAGE 777)");

        var finding = Assert.Single(await host.CompareAsync());
        Assert.Equal(
            (DriftKind.QuotaDiffers, account.Username.Value, "1000", "777"),
            (finding.Kind, finding.Subject, finding.Wanted, finding.Found));

        await host.RepairAsync(finding, DriftRepair.Server);
        Assert.Empty(await host.CompareAsync());
    }

    [Fact]
    public async Task Another_quota_is_found_and_taken_over()
    {
        var account = await host.AddAccountAsync("quota.base");
        await host.ImapAsync($"SETQUOTA user/{account.Username} ()");

        var finding = Assert.Single(await host.CompareAsync());
        Assert.Equal((DriftKind.QuotaDiffers, "1000", null), (finding.Kind, finding.Wanted, finding.Found));

        await host.RepairAsync(finding, DriftRepair.Database);
        Assert.Empty(await host.CompareAsync());
        await using var context = host.Get<MailDatabase>().Open();
        Assert.Null((await context.Accounts.SingleAsync(a => a.Id == account.Id)).Quota);
    }

    [Fact]
    public async Task A_mailbox_that_was_deleted_is_found_and_made_again()
    {
        var account = await host.AddAccountAsync("perdu");
        var admin = host.Sandbox.Description.CyrusAdmin.User;
        await host.ImapAsync($"SETACL user/{account.Username} {admin} xla", $"DELETE user/{account.Username}");

        var finding = Assert.Single(await host.CompareAsync());
        Assert.Equal((DriftKind.MailboxMissing, account.Username.Value), (finding.Kind, finding.Subject));

        await host.RepairAsync(finding, DriftRepair.Server);
        Assert.Empty(await host.CompareAsync());
    }

    [Fact]
    public async Task Another_mailbox_in_the_place_of_an_accounts_own_is_found_and_nothing_is_done_to_it()
    {
        var account = await host.AddAccountAsync("echange");
        var (admin, mailbox) = (host.Sandbox.Description.CyrusAdmin.User, $"user/{account.Username}");
        await host.ImapAsync($"SETACL {mailbox} {admin} xla", $"DELETE {mailbox}", $"CREATE {mailbox}", $"SETACL {mailbox} anyone lrs");

        var finding = Assert.Single(await host.CompareAsync(), f => f.Subject == account.Username.Value);

        Assert.Equal(DriftKind.MailboxForeign, finding.Kind);
        Assert.False((await host.Get<DriftService>().RepairAsync(finding.Id, DriftRepair.Server, Actor.Panel)).Succeeded);
        await host.ImapAsync($"SETACL {mailbox} {admin} xla", $"DELETE {mailbox}");
        await host.RepairAsync(Assert.Single(await host.CompareAsync()), DriftRepair.Server);
        Assert.Empty(await host.CompareAsync());
    }

    [Fact]
    public async Task Rights_and_folders_that_were_taken_away_are_found_and_given_back()
    {
        var account = await host.AddAccountAsync("sans.droits");
        var admin = host.Sandbox.Description.CyrusAdmin.User;
        await host.ImapAsync(
            $"SETACL user/{account.Username} {account.Username} lr", $"SETACL user/{account.Username}/Junk {admin} xla",
            $"DELETE user/{account.Username}/Junk");

        var found = await host.CompareAsync();
        Assert.Equal([DriftKind.RightsMissing, DriftKind.FoldersMissing], found.Select(f => f.Kind));
        Assert.Equal("Junk", found[1].Wanted);

        await host.RepairAsync(found[0], DriftRepair.Server);
        Assert.Empty(await host.CompareAsync());
    }

    [Fact]
    public async Task A_vacation_whose_script_was_switched_off_by_hand_is_found_and_answers_again()
    {
        var account = await host.AddAccountAsync("absent");
        VacationHost.Done(
            await host.Get<VacationService>()
                .SaveAsync(account.Id, new(0, true, "Absent", "Je reviens lundi.", null, null, 7), Actor.Panel));
        await host.SettledAsync();
        Assert.Empty(await host.CompareAsync());
        await host.ActivateAsync(account, "");

        var finding = Assert.Single(await host.CompareAsync());
        Assert.Equal((DriftKind.ScriptInactive, account.Username.Value, "inactive"), (finding.Kind, finding.Subject, finding.Found));

        await host.RepairAsync(finding, DriftRepair.Server);
        Assert.Empty(await host.CompareAsync());
    }

    [Fact]
    public async Task Rights_that_a_user_gave_to_strangers_are_found_and_taken_away_and_those_of_colleagues_stay()
    {
        var (owner, colleague) = (await host.AddAccountAsync("partage"), await host.AddAccountAsync("collegue"));
        var ends = await host.ImapAsAsync(
            owner.Username.Value, OwnExample.Password, "SETACL INBOX anyone lrs", "SETACL INBOX voisin0001 lrsa", "CREATE Projets",
            $"SETACL Projets {colleague.Username} lrsi",
            "SETACL Projets personne lr", "SETACL Projets -voisin0001 w");
        // Cyrus itself refuses rights for anyone.
        Assert.StartsWith("NO", ends[0], StringComparison.Ordinal);
        Assert.All(ends.Skip(1), end => Assert.StartsWith("OK", end, StringComparison.Ordinal));

        var finding = Assert.Single(await host.CompareAsync());
        Assert.Equal(
            (DriftKind.RightsForeign, owner.Username.Value, "INBOX: voisin0001 lrsa; Projets: voisin0001 lrsa; Projets: personne lr"),
            (finding.Kind, finding.Subject, finding.Found));

        await host.RepairAsync(finding, DriftRepair.Server);
        Assert.Empty(await host.CompareAsync());
        Assert.StartsWith(
            "OK", Assert.Single(
                await host.ImapAsAsync(colleague.Username.Value, OwnExample.Password, $"SELECT \"Other Users/{owner.Username}/Projets\"")),
                StringComparison.Ordinal);
        await using var context = host.Get<MailDatabase>().Open();
        var taken = await context.AuditEvents.SingleAsync(e => e.Kind == "account.rights-taken" && e.Subject == owner.Username.Value);
        Assert.Contains("voisin0001", taken.Before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_sends_outside_where_that_is_forbidden_or_answers_as_another_is_found_and_set_aside()
    {
        var (forwarding, posing) = (await host.AddAccountAsync("transfert"), await host.AddAccountAsync("imposteur"));
        await host.WriteScriptAsync(
            forwarding, "require \"copy\"; redirect :copy \"loin@example.org\"; redirect :copy \"pascal@exemple.be\";");
        await host.WriteScriptAsync(posing, "require \"vacation\"; vacation :from \"lea@voisin.example\" \"Absent\";");

        var finding = Assert.Single(await host.CompareAsync());
        Assert.Equal((DriftKind.ScriptSender, posing.Username.Value, "lea@voisin.example"), (finding.Kind, finding.Subject, finding.Found));
        await host.RepairAsync(finding, DriftRepair.Server);
        await AllowOutsideAsync(false);
        finding = Assert.Single(await host.CompareAsync());
        Assert.Equal(
            (DriftKind.ScriptForwards, forwarding.Username.Value, "loin@example.org"), (finding.Kind, finding.Subject, finding.Found));
        await host.RepairAsync(finding, DriftRepair.Server);

        Assert.Empty(await host.CompareAsync());
        Assert.Equal("perso", await host.ScriptsOfAsync(forwarding));
        await AllowOutsideAsync(true);
    }

    [Fact]
    public async Task A_server_of_scripts_that_does_not_let_the_panel_in_is_told_once_and_nothing_of_the_users()
    {
        var account = await host.AddAccountAsync("absent.aussi");
        VacationHost.Done(
            await host.Get<VacationService>()
                .SaveAsync(account.Id, new(0, true, "Absent", "Je reviens lundi.", null, null, 7), Actor.Panel));
        await host.SettledAsync();
        using var refusing = new RefusingSieve();

        var (code, told) = await DriftHost.CommandAsync(refusing.Settings(host.Sandbox.Folder.PanelSettings), ["drift"]);

        Assert.Equal(3, code);
        Assert.Contains("does not let cyrus act for", told, StringComparison.Ordinal);
        Assert.DoesNotContain("another program", told, StringComparison.Ordinal);
    }

    private Task AllowOutsideAsync(bool allow) => host.Get<MailDatabase>().WriteAsync(
        Actor.Panel, async write =>
            (await write.Context.Domains.SingleAsync(d => d.Name == DomainName.Parse("exemple.be"))).AllowsExternalDestinations = allow);

    [Fact]
    public async Task A_mailbox_of_nobody_is_found_and_deleted_only_when_its_name_was_typed()
    {
        await host.ImapAsync("CREATE user/personne", "SETQUOTA user/personne (STORAGE 500)");

        var finding = Assert.Single(await host.CompareAsync());
        Assert.Equal((DriftKind.MailboxOrphaned, "personne"), (finding.Kind, finding.Subject));
        Assert.Equal(0, await host.Get<DriftService>().RepairAllAsync(finding.RunId, null, DriftRepair.Server, Actor.Panel));
        Assert.False((await host.Get<DriftService>().RemoveOrphanAsync(finding.Id, "autre", Actor.Panel)).Succeeded);
        Assert.Equal(1, await Mailboxes.CountAsync(host.Sandbox, host.Sandbox.Description.CyrusAdmin, "personne"));

        Assert.True((await host.Get<DriftService>().RemoveOrphanAsync(finding.Id, "personne", Actor.Panel)).Succeeded);
        await host.SettledAsync();

        Assert.Equal(0, await Mailboxes.CountAsync(host.Sandbox, host.Sandbox.Description.CyrusAdmin, "personne"));
        Assert.Empty(await host.CompareAsync());
    }

    [Fact]
    public async Task Rows_of_the_maps_that_were_changed_by_hand_are_found_and_put_right_all_at_once()
    {
        var (changed, removed) = (await host.AddAccountAsync("change"), await host.AddAccountAsync("retire"));
        await host.PostmapAsync("virtual", "change@exemple.be\tautre@example.org", "-i", "-r");
        await host.PostmapAsync("virtual", "retire@exemple.be", "-d", "-");
        await host.PostmapAsync("virtual", "intrus@exemple.be\tpirate@example.org", "-i", "-r");

        var found = await host.CompareAsync();
        Assert.Equal(
            [(DriftKind.MapRowDiffers, "change@exemple.be"), (DriftKind.MapRowExtra, "intrus@exemple.be"),
                (DriftKind.MapRowMissing, "retire@exemple.be")],
            found.Select(f => (f.Kind, f.Subject)).OrderBy(f => f.Subject));
        Assert.All(found, f => Assert.Equal(PostfixMap.Virtual, f.Map));

        Assert.Equal(3, await host.Get<DriftService>().RepairAllAsync(found[0].RunId, null, DriftRepair.Server, Actor.Panel));
        await host.SettledAsync();

        Assert.Empty(await host.CompareAsync());
        Assert.Equal($"{changed.Username}@store.sandbox.test", await Maps.LookUpAsync(host.Sandbox, "virtual", "change@exemple.be"));
        Assert.Equal($"{removed.Username}@store.sandbox.test", await Maps.LookUpAsync(host.Sandbox, "virtual", "retire@exemple.be"));
        Assert.Equal("", await Maps.LookUpAsync(host.Sandbox, "virtual", "intrus@exemple.be"));
    }

    [Fact]
    public async Task The_command_tells_each_difference_and_repairs_what_it_is_told_to()
    {
        var account = await host.AddAccountAsync("commande");
        Assert.Empty(await host.CompareAsync());
        await host.ImapAsync($"SETQUOTA user/{account.Username} (STORAGE 777)");

        var (code, told) = await host.CommandAsync("drift", "--dry-run", "--repair", "server");
        Assert.Equal(1, code);
        Assert.Contains($"The quota of {account.Username} should be 1,000 KB; on the server it is 777 KB.", told, StringComparison.Ordinal);
        Assert.Contains("To be fixed: 1.", told, StringComparison.Ordinal);

        (code, told) = await host.CommandAsync("drift", "--repair", "server", "--json");
        Assert.Equal(0, code);
        Assert.Contains("\"kind\":\"quotaDiffers\"", told, StringComparison.Ordinal);
        await host.SettledAsync();

        Assert.Equal(0, (await host.CommandAsync("drift")).Code);
    }
}
