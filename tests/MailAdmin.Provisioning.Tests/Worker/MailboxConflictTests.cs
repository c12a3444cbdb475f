using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Passwords;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Provisioning.Tests.Worker;

/// <summary>Mailboxes that are there before their account, or gone although it is there.</summary>
[Collection(nameof(CyrusServers))]
public sealed class MailboxConflictTests(CyrusFixture fixture) : JobRunnerTest(fixture)
{
    // D6
    [Fact]
    public async Task One_whose_name_has_a_mailbox_already_waits_for_a_choice_and_the_others_are_made()
    {
        await using var worker = await WorkerAsync();
        var accounts = await worker.AddAccountsAsync(3);
        var (older, refused) = (accounts[0], accounts[2]);
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        await admin.OkAsync($"CREATE user/{older.Username}");
        await admin.OkAsync($"SETACL user/{older.Username} {older.Username} lr");
        worker.Wire.Break($"CREATE user/{refused.Username}", Fault.Refuse);

        var outcomes = await worker.RunAsync();

        Assert.Equal(["Create: the proxy refuses"], outcomes.Where(o => o.Job.SubjectId == refused.Id).Select(o => o.Error));
        Assert.Equal([older.Id], outcomes.Where(o => o is { IsConflict: true, Refused: true }).Select(o => o.Job.SubjectId));
        Assert.Equal(1, await worker.ReadyAsync());
        Assert.DoesNotContain("lrsw", (await admin.OkAsync($"GETACL user/{older.Username}"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_made_for_it_by_a_worker_that_died_gets_the_rights_that_it_lacks()
    {
        await using var worker = await WorkerAsync();
        var account = Assert.Single(await worker.AddAccountsAsync(1));
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        await admin.OkAsync($"CREATE user/{account.Username} (MAILBOXID {account.MailboxId})");
        await admin.OkAsync($"SETACL user/{account.Username} {account.Username} lr");

        Assert.Null(Assert.Single(await worker.RunAsync()).Error);

        Assert.Equal(
            $"* ACL user/{account.Username} {account.Username} lrswipkxtecdan",
            (await admin.OkAsync($"GETACL user/{account.Username}"))[0]);
    }

    [Fact]
    public async Task Of_two_installations_on_one_Cyrus_that_give_the_same_name_one_has_the_mailbox_and_the_other_is_told()
    {
        var prefix = NewPrefix();
        await using var one = await WorkerAsync(prefix);
        await using var other = await WorkerAsync(prefix);
        var (first, second) = (await one.AddAccountsAsync(4), await other.AddAccountsAsync(4));
        Assert.Equal(first.Select(a => a.Username), second.Select(a => a.Username));

        var both = await Task.WhenAll(one.SettleAsync(), other.SettleAsync());

        Assert.All(
            first.Zip(second), pair =>
            Assert.Single(
                both.SelectMany(
                    (outcomes, i) => outcomes.Where(o => o.Error is null && o.Job.SubjectId == (i == 0 ? pair.First : pair.Second).Id))));
        Assert.All(both.SelectMany(o => o).Where(o => o.Error is not null), o => Assert.True(o.IsConflict, o.Error));
    }

    [Fact]
    public async Task Names_that_the_server_has_already_are_passed_over_or_refused_and_while_it_is_away_they_are_told_afterwards()
    {
        await using var worker = await WorkerAsync();
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        foreach (var number in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 9, 12]) await admin.OkAsync($"CREATE user/{worker.Prefix}{number:D4}");

        var given = (await worker.CreateAsync("a"), await worker.CreateAsync("b"), await worker.CreateAsync("c"));
        Assert.Equal((10, 11, 13), given);

        // Also the list of all mailboxes, which is made in the background after the first accounts.
        worker.Wire.Break("", Fault.Refuse);
        await admin.OkAsync($"CREATE user/{worker.Prefix}0014");
        await worker.ForgetJobsAsync();
        Assert.Equal(14, await worker.CreateAsync("d"));
        worker.Wire.Heal();
        Assert.Single(await worker.RunAsync(), o => o.IsConflict);
    }

    [Fact]
    public async Task A_mailbox_that_is_gone_is_made_again_under_an_identity_of_its_own()
    {
        await using var worker = await WorkerAsync();
        var account = Assert.Single(await worker.AddAccountsAsync(1));
        await worker.RunAsync();
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        await admin.OkAsync($"SETACL user/{account.Username} cyrus x");
        await admin.OkAsync($"DELETE user/{account.Username}");
        await worker.AddJobAsync(JobKind.Mailbox, account.Id);

        Assert.Null(Assert.Single(await worker.RunAsync()).Error);

        // Two mailboxes with one identity would share their files, and the deleted one is kept for a while.
        var again = (await worker.FindAsync(account.Id))!;
        Assert.NotEqual(account.MailboxId, again.MailboxId);
        Assert.True(again.IsReady);
    }

    [Fact]
    public async Task A_mailbox_that_is_taken_over_is_cleared_of_foreign_rights_and_of_its_active_script_before_it_is_ready()
    {
        await using var worker = await WorkerAsync();
        var account = Assert.Single(await worker.AddAccountsAsync(1));
        var name = $"user/{account.Username}";
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        foreach (
            var command in (
                string[])[$"CREATE {name}", $"CREATE {name}/Vieux", $"SETACL {name} anyone lrs", $"SETACL {name}/Vieux voisin lrsw",
                $"SETACL {name} {account.Username} lr"]) await admin.OkAsync(command);
        await worker.AddScriptAsync(account.Username, "ailleurs", "redirect \"pirate@example.org\";");
        Assert.True(Assert.Single(await worker.RunAsync()).IsConflict);

        var (wasSeen, found) = await worker.InspectAsync(account.Id);
        Assert.True(wasSeen);
        Assert.Equal(["anyone lrs", "Vieux: voisin lrsw"], found!.Facts.Rights);
        Assert.Equal(("ailleurs", 2), (found.Facts.Script, found.Facts.Folders));
        await worker.TakeOverAsync(account.Id, found.Facts, TakeOver.RemoveRights | TakeOver.StopScript);
        Assert.Null(Assert.Single(await worker.RunAsync()).Error);

        Assert.Equal($"* ACL {name} {account.Username} lrswipkxtecdan", (await admin.OkAsync($"GETACL {name}"))[0]);
        Assert.DoesNotContain("voisin", (await admin.OkAsync($"GETACL {name}/Vieux"))[0], StringComparison.Ordinal);
        Assert.Equal(["ailleurs"], await worker.ScriptsAsync(account.Username));
        var facts = (await worker.FindAsync(account.Id))!;
        Assert.Equal((found.Facts.Id, TakeOver.None, true), (facts.MailboxId, facts.TakeOver, facts.IsReady));
    }
}
