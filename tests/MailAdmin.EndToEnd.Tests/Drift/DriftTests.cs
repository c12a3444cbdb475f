using MailAdmin.Core.Admins;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Routing;
using MailAdmin.EndToEnd.Tests.Faults;

namespace MailAdmin.EndToEnd.Tests.Drift;

/// <summary>
/// Differences are made by hand on the real servers. Each is found, shown and repaired, and then it is gone. Here are those of the maps,
/// and what the command tells.
/// </summary>
[Collection(DriftCollection.Name)]
public sealed class DriftTests(DriftHost host)
{
    [Fact]
    public async Task A_sandbox_that_nobody_touched_has_no_difference()
    {
        await host.SettledAsync();

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
