using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Vacations;
using MailAdmin.EndToEnd.Tests.Vacations;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.EndToEnd.Tests.Drift;

/// <summary>The Sieve scripts of users, and a server of scripts that cannot be asked.</summary>
[Collection(DriftCollection.Name)]
public sealed class ScriptDriftTests(DriftHost host)
{
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
}
