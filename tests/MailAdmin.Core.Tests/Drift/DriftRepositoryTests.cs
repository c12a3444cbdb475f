using MailAdmin.Core.Drift;

namespace MailAdmin.Core.Tests.Drift;

public sealed class DriftRepositoryTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task There_is_one_run_at_a_time_until_its_node_falls_silent()
    {
        await using var core = await CoreFixture.CreateAsync();
        var drift = core.Get<DriftRepository>();

        var first = await drift.BeginAsync();
        Assert.NotNull(first);
        Assert.Null(await drift.BeginAsync());
        core.Clock.Advance(TimeSpan.FromMinutes(1));
        await drift.SaveAsync(first.Id, [], r => r.Done = 5);
        core.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Null(await drift.BeginAsync());
        core.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.NotNull(await drift.BeginAsync());
    }

    [Fact]
    public async Task It_is_done_once_a_day_and_whenever_somebody_asks()
    {
        await using var core = await CoreFixture.CreateAsync();
        var drift = core.Get<DriftRepository>();
        var first = (await drift.BeginAsync(Day))!;
        await drift.SaveAsync(first.Id, [], r => (r.Phase, r.FinishedAt) = (DriftPhase.Finished, r.SeenAt));

        Assert.Null(await drift.BeginAsync(Day));
        await drift.RequestAsync();
        await drift.RequestAsync();
        var asked = (await drift.BeginAsync(Day))!;
        await drift.SaveAsync(asked.Id, [], r => r.Phase = DriftPhase.Finished);
        Assert.Null(await drift.BeginAsync(Day));
        core.Clock.Advance(Day);

        Assert.NotNull(await drift.BeginAsync(Day));
    }

    [Fact]
    public async Task What_an_earlier_run_found_is_forgotten()
    {
        await using var core = await CoreFixture.CreateAsync();
        var drift = core.Get<DriftRepository>();
        var first = (await drift.BeginAsync())!;
        await drift.SaveAsync(
            first.Id, [new DriftFinding { RunId = first.Id, Kind = DriftKind.MailboxOrphaned, Subject = "personne" }], r =>
            r.Phase = DriftPhase.Finished);
        Assert.Equal(1, (await drift.LatestAsync())!.FindingCount);

        var second = (await drift.BeginAsync())!;

        Assert.Empty((await drift.ListAsync(first.Id, null, 0, 10)).Page.Rows);
        Assert.Equal(0, second.FindingCount);
    }
}
