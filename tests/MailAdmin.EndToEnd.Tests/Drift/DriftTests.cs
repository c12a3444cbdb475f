using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Vacations;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.EndToEnd.Tests.Vacations;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.EndToEnd.Tests.Drift;

/// <summary>Each kind of difference, made by hand on the real servers: found, told, repaired, gone.</summary>
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
        Assert.Equal((DriftKind.QuotaDiffers, account.Username.Value, "1000", "777"), (finding.Kind, finding.Subject, finding.Wanted, finding.Found));

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
    public async Task Rights_and_folders_that_were_taken_away_are_found_and_given_back()
    {
        var account = await host.AddAccountAsync("sans.droits");
        var admin = host.Sandbox.Description.CyrusAdmin.User;
        await host.ImapAsync(
            $"SETACL user/{account.Username} {account.Username} lr", $"SETACL user/{account.Username}/Junk {admin} xla", $"DELETE user/{account.Username}/Junk");

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
        VacationHost.Done(await host.Get<VacationService>().SaveAsync(account.Id, new(0, true, "Absent", "Je reviens lundi.", null, null, 7), Actor.Panel));
        await host.SettledAsync();
        Assert.Empty(await host.CompareAsync());
        await host.ActivateAsync(account, "");

        var finding = Assert.Single(await host.CompareAsync());
        Assert.Equal((DriftKind.ScriptInactive, account.Username.Value, "inactive"), (finding.Kind, finding.Subject, finding.Found));

        await host.RepairAsync(finding, DriftRepair.Server);
        Assert.Empty(await host.CompareAsync());
    }

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
            [(DriftKind.MapRowDiffers, "change@exemple.be"), (DriftKind.MapRowExtra, "intrus@exemple.be"), (DriftKind.MapRowMissing, "retire@exemple.be")],
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
