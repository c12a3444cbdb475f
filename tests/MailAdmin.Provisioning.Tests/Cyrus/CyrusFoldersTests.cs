using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>Default folders, and names with dots and slashes.</summary>
[Collection(nameof(CyrusServers))]
public sealed class CyrusFoldersTests(CyrusFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "INBOX.")]
    public async Task Default_folders_are_marked_with_what_their_names_say_in_each_language_and_one_use_has_one_folder(
        bool slashes, string top)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        var name = Specs.NewName();
        using var provisioner = new Provisioner(cyrus.Options());

        await provisioner.Mailboxes.EnsureAsync(
            Specs.Of(name, 25000, "Envoyés", "Concepten", "Papierkorb", "Junk", "Sent", "Projets"), Cancellation);

        await using var owner = await RawImap.SignInAsync(cyrus, name);
        var uses = (await owner.OkAsync("LIST (SPECIAL-USE) \"\" \"*\" RETURN (SPECIAL-USE)"))
            .Where(l => l.StartsWith("* LIST", StringComparison.Ordinal));
        Assert.Equal(
            [$"\\Drafts {top}Concepten", $"\\Junk {top}Junk", $"\\Sent {top}Envoy&AOk-s", $"\\Trash {top}Papierkorb"],
            uses.Select(l => $"\\{l.Split('\\')[^1].Split(')')[0]} {l.Split(' ')[^1]}").Order(StringComparer.Ordinal));
        Assert.Equal(7, (await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"")).Count);
    }

    [Fact]
    // C136
    public async Task A_dot_in_a_name_is_no_level_where_slashes_separate_and_refused_where_dots_do()
    {
        var spec = Specs.Of("gugus.dupont.exemple.be", 25000);
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        await using var owner = await RawImap.SignInAsync(cyrus, spec.Username.Value);
        await owner.OkAsync("SELECT INBOX");

        using var dotted = new Provisioner((await fixture.ServerAsync(slashes: false)).Options());
        var refusal = await Assert.ThrowsAsync<CyrusRefusedException>(() => dotted.Mailboxes.EnsureAsync(spec, Cancellation));

        Assert.Equal(CyrusStep.Name, refusal.Step);
    }

    [Fact]
    public async Task A_folder_that_the_owner_deleted_or_left_comes_back_subscribed()
    {
        var cyrus = await fixture.ServerAsync();
        var spec = Specs.Of(Specs.NewName(), 25000, "Projets", "Trash");
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        await using var owner = await RawImap.SignInAsync(cyrus, spec.Username.Value);
        await owner.OkAsync("DELETE Projets");
        await owner.OkAsync("UNSUBSCRIBE Trash");

        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);

        var subscribed = await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"");
        Assert.Equal(3, subscribed.Count);
        Assert.DoesNotContain(subscribed, line => line.Contains("NonExistent", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "user/", '/')]
    [InlineData(false, "user.", '.')]
    // C134, C140: the administrator has no rights on the mailbox, and it has 30 folders, deep and wide.
    public async Task Removal_takes_all_folders_along_and_is_a_success_again(bool slashes, string prefix, char separator)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        var spec = Specs.Of(Specs.NewName(), 25000);
        using var provisioner = new Provisioner(cyrus.Options());
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        await using var admin = await RawImap.SignInAsync(cyrus);
        var mailbox = prefix + spec.Username;
        for (var i = 0; i < 10; i++) await admin.OkAsync($"CREATE {mailbox}{separator}a{i}{separator}b{separator}c");
        await admin.OkAsync($"CREATE {prefix}{spec.Username}x");

        await provisioner.Mailboxes.RemoveAsync(spec.Mailbox, Cancellation);
        await provisioner.Mailboxes.RemoveAsync(spec.Mailbox, Cancellation);

        var left = await admin.OkAsync($"LIST \"\" \"{mailbox}*\"");
        Assert.Equal(2, left.Count);
        Assert.EndsWith($"{spec.Username}x", left[0], StringComparison.Ordinal);
        await provisioner.Mailboxes.EnsureAsync(spec, Cancellation);
        await admin.OkAsync($"GETACL {mailbox}");
    }
}
