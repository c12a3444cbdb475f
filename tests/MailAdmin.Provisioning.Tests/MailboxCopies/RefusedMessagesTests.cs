using System.Text;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.MailboxCopies;

/// <summary>Messages that another server has kept although IMAP forbids what is in them.</summary>
[Collection(nameof(CyrusServers))]
public sealed class RefusedMessagesTests(CyrusFixture fixture)
{
    private const string Marker = "MARKER-";

    [Fact]
    // C168: the other server takes such messages no more, so they are changed in its spool.
    public async Task Faulty_messages_are_repaired_and_listed_and_the_copy_goes_on()
    {
        await using var scene = await CopyScene.CreateAsync(fixture);
        var name = Specs.NewName();
        var (request, there) = await CopyScene.SourceAsync(fixture, name);
        using var _ = there;
        await there.FillAsync("INBOX", 97);
        foreach (var fault in (string[])["ZERO", "BARE", "HEAD"])
        {
            var text = Messages.Text(0, fault, $"{Marker}{fault} {name} L_ger") + "One line\r\nand another\r\n";
            await there.OkAsync(Messages.Append("INBOX", text));
        }
        await SpoilAsync(name);

        var copy = await scene.CopyAsync(request);

        Assert.Equal((100, 0), (copy.CopiedMessages, copy.Failures));
        await using var user = await scene.UserAsync();
        Assert.Equal(100, await user.CountAsync("INBOX"));
        var told = await scene.ProblemsAsync();
        Assert.All(told, p => Assert.Equal((CopyProblemKind.Repaired, "INBOX"), (p.Kind, p.Folder)));
        Assert.Equal(["BARE", "HEAD", "ZERO"], told.Select(p => p.Subject![Marker.Length..].Split(' ')[0]).Order(StringComparer.Ordinal));
        await user.OkAsync("SELECT INBOX");
        Assert.Contains(
            await user.OkAsync("FETCH 98:100 BODY.PEEK[HEADER.FIELDS (SUBJECT)]"),
            l => l.Contains("=?utf-8?", StringComparison.OrdinalIgnoreCase));
        await scene.ForgetFoldersAsync();
        Assert.Equal(0, (await scene.CopyAsync(request)).CopiedMessages);
        Assert.Equal(100, await user.CountAsync("INBOX"));
    }

    private async Task SpoilAsync(string name)
    {
        var cyrus = await fixture.ServerAsync(slashes: false);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(cyrus.Folder, "spool"), "*.", SearchOption.AllDirectories))
        {
            var octets = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var text = Encoding.Latin1.GetString(octets);
            if (!text.Contains(Marker, StringComparison.Ordinal) || !text.Contains(name, StringComparison.Ordinal)) continue;
            var (from, to) = text.Contains(Marker + "ZERO", StringComparison.Ordinal) ? ("One line", "One\0line")
                : text.Contains(Marker + "BARE", StringComparison.Ordinal) ? ("line\r\nand", "line!\nand") : (" L_ger", " L\u00e9ger");
            var spoiled = text.Replace(from, to, StringComparison.Ordinal);
            Assert.Equal(text.Length, spoiled.Length);
            Assert.NotEqual(text, spoiled);
            await using var stream = File.OpenWrite(file);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(spoiled), TestContext.Current.CancellationToken);
        }
    }
}
