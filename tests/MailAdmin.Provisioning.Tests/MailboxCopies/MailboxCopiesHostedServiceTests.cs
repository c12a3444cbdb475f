using MailAdmin.Core.Admins;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.MailboxCopies;
using MailAdmin.Provisioning.Tests.Cyrus;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailAdmin.Provisioning.Tests.MailboxCopies;

/// <summary>What becomes of a copy that is paused, or whose panel stops.</summary>
[Collection(nameof(CyrusServers))]
public sealed class MailboxCopiesHostedServiceTests(CyrusFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paused_resumed_and_after_a_restart_of_the_panel_a_copy_arrives_whole_and_once()
    {
        const int Count = 1000;
        await using var scene = await CopyScene.CreateAsync(fixture, options: new() { OctetsPerSecond = 40_000 });
        var (request, there) = await CopyScene.SourceAsync(fixture);
        using var _ = there;
        await there.FillAsync("INBOX", Count);
        await using var user = await scene.UserAsync();
        CoreFixture.Value(await scene.Service.StartAsync(scene.Account.Id, request, false, Actor.Panel, Cancellation));

        using (var panel = await PanelAsync(scene))
        {
            await Eventually.TrueAsync(async () => await user.CountAsync("INBOX") > 0, TimeSpan.FromSeconds(60), "it began");
            CoreFixture.Value(await scene.Service.PauseAsync(scene.Account.Id, Actor.Panel, Cancellation));
            await Eventually.TrueAsync(async () => (await FindAsync(scene)).LeasedBy is null, TimeSpan.FromSeconds(60), "it paused");
            Assert.InRange(await user.CountAsync("INBOX"), 1, Count - 1);
            Assert.Equal(MailboxCopyState.Paused, (await FindAsync(scene)).State);
            CoreFixture.Value(await scene.Service.ResumeAsync(scene.Account.Id, Actor.Panel, Cancellation));
            await Eventually.TrueAsync(
                async () => (await FindAsync(scene)).State == MailboxCopyState.Running, TimeSpan.FromSeconds(60), "it goes on");
            await panel.StopAsync(Cancellation);
        }
        Assert.Equal((MailboxCopyState.Waiting, null), await StateAsync(scene));
        scene.Options = new();
        using var next = await PanelAsync(scene);
        await Eventually.TrueAsync(
            async () => (await FindAsync(scene)).State == MailboxCopyState.Finished, TimeSpan.FromSeconds(60), "it finished");
        await next.StopAsync(Cancellation);

        Assert.Equal(Count, await user.CountAsync("INBOX"));
        Assert.Equal((Count, Count, 0), await FiguresAsync(scene));
    }

    [Fact]
    public async Task A_wrong_password_ends_the_copy_and_is_told()
    {
        await using var scene = await CopyScene.CreateAsync(fixture);
        var (request, there) = await CopyScene.SourceAsync(fixture);
        using var _ = there;
        CoreFixture.Value(
            await scene.Service.StartAsync(scene.Account.Id, request with { Secret = "wrong" }, false, Actor.Panel, Cancellation));

        using var panel = await PanelAsync(scene);
        await Eventually.TrueAsync(
            async () => (await FindAsync(scene)).State == MailboxCopyState.Failed, TimeSpan.FromSeconds(60), "it failed");
        await panel.StopAsync(Cancellation);

        var copy = await FindAsync(scene);
        Assert.Equal((CopyFailure.SignInRefused, null), (copy.Failure, copy.Secret));
    }

    private static async Task<MailboxCopiesHostedService> PanelAsync(CopyScene scene)
    {
        var panel = new MailboxCopiesHostedService(
            scene.Journal, scene.Copier(), scene.Options, TimeProvider.System, NullLogger<MailboxCopiesHostedService>.Instance);
        await panel.StartAsync(Cancellation);
        return panel;
    }

    private static async Task<MailboxCopy> FindAsync(CopyScene scene) =>
        (await scene.Core.Get<MailboxCopyRepository>().FindAsync(scene.Account.Id, Cancellation))!;

    private static async Task<(MailboxCopyState, string?)> StateAsync(CopyScene scene) =>
        await FindAsync(scene) is var copy ? (copy.State, copy.LeasedBy) : default;

    private static async Task<(long, long, long)> FiguresAsync(CopyScene scene) =>
        await FindAsync(scene) is var copy ? (copy.Messages, copy.CopiedMessages, copy.Failures) : default;
}
