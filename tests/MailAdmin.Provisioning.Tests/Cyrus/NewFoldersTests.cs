using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>The default folders of new mailboxes.</summary>
[Collection(nameof(CyrusServers))]
public sealed class NewFoldersTests(CyrusFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "INBOX.")]
    public async Task Folders_are_subscribed_to_and_marked_with_what_their_names_say(bool slashes, string top)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        using var provisioner = new Provisioner(cyrus.Options());
        var spec = Specs.Of(Specs.NewName(), 25000, "Éléments envoyés", "R&D/Projets 2", "Papierkorb");
        await provisioner.BatchMailboxCreator.CreateAsync([spec], Cancellation);

        Assert.True(await provisioner.BatchMailboxCreator.AddFoldersAsync(spec, Cancellation));

        await using var owner = await RawImap.SignInAsync(cyrus, spec.Username.Value);
        var separator = slashes ? '/' : '.';
        var subscribed = (await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"")).Where(l => l.StartsWith("* LIST", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(3, subscribed.Count);
        Assert.Contains(
            subscribed, l =>
            l.Contains("\\Sent", StringComparison.Ordinal)
            && l.EndsWith($"\"{top}&AMk-l&AOk-ments envoy&AOk-s\"", StringComparison.Ordinal));
        Assert.Contains(subscribed, l => l.EndsWith($"\"{top}R&-D{separator}Projets 2\"", StringComparison.Ordinal));
        Assert.Contains(
            subscribed, l => l.Contains("\\Trash", StringComparison.Ordinal) && l.EndsWith($" {top}Papierkorb", StringComparison.Ordinal));
        var careful = spec with { Folders = [.. spec.Folders, "Deleted Items"] };
        await provisioner.Mailboxes.EnsureAsync(careful, Cancellation);
        Assert.Equal(4, (await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"")).Count(l => l.StartsWith("* LIST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task For_a_folder_that_cannot_be_made_so_it_does_not_vouch()
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        using var provisioner = new Provisioner(cyrus.Options(wire.Port));
        // Two folders for one special use; a subscription that is refused; a name with the separator in it.
        var twice = Specs.Of(Specs.NewName(), 25000, "Sent", "Envoyés");
        var refused = Specs.Of(Specs.NewName(), 25000, "Sent", "Trash");
        var empty = Specs.Of(Specs.NewName(), 25000, "Archives//2025");
        await provisioner.BatchMailboxCreator.CreateAsync([twice, refused, empty], Cancellation);

        Assert.False(await provisioner.BatchMailboxCreator.AddFoldersAsync(twice, Cancellation));
        Assert.False(await provisioner.BatchMailboxCreator.AddFoldersAsync(empty, Cancellation));
        wire.Break("SUBSCRIBE Trash", Fault.Refuse);
        Assert.False(await provisioner.BatchMailboxCreator.AddFoldersAsync(refused, Cancellation));
    }
}
