using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Drift;
using MailAdmin.EndToEnd.Tests.Faults;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.EndToEnd.Tests.Drift;

/// <summary>Mailboxes and their quotas that are not as the panel wants them.</summary>
[Collection(DriftCollection.Name)]
public sealed class MailboxDriftTests(DriftHost host)
{
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
}
