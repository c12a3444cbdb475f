using MailAdmin.Core.Admins;
using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Tests.Postfix;

public sealed class MapLagTests
{
    [Fact]
    public async Task A_host_is_behind_from_the_oldest_change_that_its_maps_lack_until_it_has_reported()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        await lab.FollowAsync();
        Assert.Equal([new MapLag(FollowerFixture.HostName, 0, null)], await lab.Maps.LagAsync(default));

        var before = TimeProvider.System.GetUtcNow();
        await lab.WriteAsync(PostfixMap.Virtual, ("a@exemple.be", "a@example.org"));
        await lab.WriteAsync(PostfixMap.Virtual, ("b@exemple.be", "b@example.org"));
        var after = TimeProvider.System.GetUtcNow();
        await lab.WriteAsync(PostfixMap.Virtual, ("c@exemple.be", "c@example.org"));

        var behind = Assert.Single(await lab.Maps.LagAsync(default));
        Assert.Equal(3, behind.Changes);
        Assert.InRange(behind.Since!.Value, before, after);
        Assert.Equal([new LateHost(FollowerFixture.HostName, null)], await lab.Maps.LateAsync(default));

        await lab.FollowAsync();
        Assert.Equal([new MapLag(FollowerFixture.HostName, 0, null)], await lab.Maps.LagAsync(default));
        Assert.Empty(await lab.Maps.LateAsync(default));
    }

    [Fact]
    public async Task A_change_without_rows_puts_no_host_behind()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        var follower = lab.Follower();
        await FollowAsync();

        await lab.Database.WriteAsync(Actor.Panel, _ => Task.CompletedTask, TestContext.Current.CancellationToken);
        await FollowAsync();

        Assert.Null(Assert.Single(await lab.Maps.LagAsync(default)).Since);
        Assert.Empty(await lab.Maps.LateAsync(default));

        async Task FollowAsync()
        {
            await follower.CatchUpAsync(default);
            await lab.Maps.SavePositionAsync(FollowerFixture.HostName, await follower.SettleAsync(default), null, default);
        }
    }
}
