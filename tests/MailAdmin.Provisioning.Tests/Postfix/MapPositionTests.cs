using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Provisioning.Tests.Postfix;

/// <summary>What a follower takes over from maps that it finds, and what it rebuilds.</summary>
public sealed class MapPositionTests
{
    private const PostfixMap Virtual = PostfixMap.Virtual;

    [Fact]
    public async Task A_host_that_was_forgotten_meanwhile_gets_its_maps_anew_and_keeps_nothing_that_went()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        await lab.WriteAsync(Virtual, ("a@exemple.be", "a@example.org"), ("b@exemple.be", "b@example.org"));
        var before = lab.Follower();
        await before.CatchUpAsync(default);
        await before.SettleAsync(default);
        // The removal of the row was not kept for a host that is not known.
        await lab.Database.ExecuteWithoutAuditAsync(
            context => context.MapEntries.Where(e => e.Key == "b@exemple.be").ExecuteDeleteAsync(), TestContext.Current.CancellationToken);

        await lab.Follower().CatchUpAsync(default);

        Assert.Null(await lab.LookUpAsync(Virtual, "b@exemple.be"));
        Assert.Equal("a@example.org", await lab.LookUpAsync(Virtual, "a@exemple.be"));
    }

    [Fact]
    public async Task Maps_put_back_from_a_backup_keep_no_key_whose_removal_is_forgotten()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        await lab.WriteAsync(PostfixMap.Refused, ("a@exemple.be", "450 not yet"));
        await lab.WriteAsync(Virtual, ("a@exemple.be", "a@example.org"));
        await lab.FollowAsync();
        var backup = PostfixMaps.All.ToDictionary(
            m => Path.Combine(lab.MapFolder, m.FileName() + ".lmdb"), m =>
            File.ReadAllBytes(Path.Combine(lab.MapFolder, m.FileName() + ".lmdb")));
        await lab.WriteAsync(PostfixMap.Refused, ("a@exemple.be", null));
        await lab.FollowAsync();

        foreach (var (file, octets) in backup) await File.WriteAllBytesAsync(file, octets, TestContext.Current.CancellationToken);
        await lab.Follower().CatchUpAsync(default);

        Assert.Null(await lab.LookUpAsync(PostfixMap.Refused, "a@exemple.be"));
        Assert.Equal("a@example.org", await lab.LookUpAsync(Virtual, "a@exemple.be"));
    }

    [Fact]
    public async Task A_restarted_follower_goes_on_from_what_the_maps_say()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        await lab.WriteAsync(Virtual, ("a@exemple.be", "a@example.org"));
        await lab.FollowAsync();
        // Only a rebuild would remove this entry.
        await lab.RealPostmap.UpsertAsync("virtual", [MapLine.Of("trace@exemple.be", "x@example.org")], default);
        await lab.WriteAsync(Virtual, ("b@exemple.be", "b@example.org"));

        await lab.Follower().CatchUpAsync(default);

        Assert.Equal("b@example.org", await lab.LookUpAsync(Virtual, "b@exemple.be"));
        Assert.Equal("x@example.org", await lab.LookUpAsync(Virtual, "trace@exemple.be"));
    }

    [Theory]
    [InlineData("otherdatabase:1")]
    [InlineData("garbage")]
    public async Task A_map_of_another_database_is_rebuilt(string position)
    {
        await using var lab = await FollowerFixture.CreateAsync();
        await lab.FollowAsync();
        await lab.RealPostmap.UpsertAsync(
            "virtual", [MapLine.Of("trace@exemple.be", "x@example.org"), MapLine.Of("!sequence", position)], default);

        await lab.Follower().CatchUpAsync(default);

        Assert.Null(await lab.LookUpAsync(Virtual, "trace@exemple.be"));
    }

    [Fact]
    public async Task A_map_that_is_ahead_of_a_restored_database_is_rebuilt()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        await lab.FollowAsync();
        string id;
        await using (var context = lab.Database.Open()) id = (await context.ChangeCounters.SingleAsync()).DatabaseId;
        await lab.RealPostmap.UpsertAsync(
            "virtual", [MapLine.Of("trace@exemple.be", "x@example.org"), MapLine.Of("!sequence", id + ":4711")], default);

        await lab.Follower().CatchUpAsync(default);

        Assert.Null(await lab.LookUpAsync(Virtual, "trace@exemple.be"));
    }

    [Fact]
    public async Task A_map_that_is_far_behind_is_rebuilt_in_place()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        var follower = lab.Follower(rebuildAbove: 10);
        await follower.CatchUpAsync(default);
        await lab.RealPostmap.UpsertAsync("virtual", [MapLine.Of("trace@exemple.be", "x@example.org")], default);

        await lab.WriteAsync(Virtual, [.. Enumerable.Range(1, 11).Select(n => ($"u{n}@exemple.be", (string?)$"u{n}@example.org"))]);
        await follower.CatchUpAsync(default);

        Assert.Equal("u11@example.org", await lab.LookUpAsync(Virtual, "u11@exemple.be"));
        Assert.Null(await lab.LookUpAsync(Virtual, "trace@exemple.be"));
    }

    [Fact]
    public async Task Removed_keys_are_forgotten_once_the_host_has_passed_them()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        var (follower, repository) = (lab.Follower(), lab.Maps);
        await lab.WriteAsync(Virtual, ("a@exemple.be", "a@example.org"), ("b@exemple.be", "b@example.org"));
        await follower.CatchUpAsync(default);
        await lab.WriteAsync(Virtual, ("a@exemple.be", null));
        await repository.SavePositionAsync(FollowerFixture.HostName, follower.Position, null, default);
        Assert.Equal(["a@exemple.be", "b@exemple.be"], await KeysAsync(lab));

        await follower.CatchUpAsync(default);
        await repository.SavePositionAsync(FollowerFixture.HostName, await follower.SettleAsync(default), null, default);

        Assert.Equal(["b@exemple.be"], await KeysAsync(lab));
    }

    private static async Task<List<string>> KeysAsync(FollowerFixture lab)
    {
        await using var context = lab.Database.Open();
        return await context.MapEntries.Where(e => e.Map == Virtual).Select(e => e.Key).OrderBy(k => k).ToListAsync();
    }
}
