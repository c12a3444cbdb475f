using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.MailboxCopies;

/// <summary>From a Dovecot whose folders have other names, another separator, and no or other marks.</summary>
[Collection(nameof(CyrusServers))]
public sealed class FoldersOfDovecotTests(CyrusFixture fixture)
{
    [Fact]
    // C166
    public async Task Names_with_separators_become_one_folder_each_and_the_replacement_is_said()
    {
        await using var dovecot = await PrivateDovecot.StartAsync(separator: '|');
        await using var scene = await CopyScene.CreateAsync(fixture);
        string[] names = ["2023/2024", "2023_2024", "Dr. Exemple", "Divers...", "a^b", "50% *"];
        await using var there = await dovecot.SignInAsync("gugus");
        for (var i = 0; i < names.Length; i++)
        {
            await there.OkAsync($"CREATE \"{names[i]}\"");
            await there.FillAsync(names[i], i + 1);
        }

        var copy = await scene.CopyAsync(CopyScene.Request(dovecot.Port, "gugus", PrivateDovecot.Password));

        Assert.Equal((21, 0), (copy.CopiedMessages, copy.Failures));
        await using var user = await scene.UserAsync();
        var here = (await user.OkAsync("LIST \"\" \"*\"")).Count - 1;
        Assert.Equal(names.Length + 1, here);
        Assert.Equal(3, await user.CountAsync("Dr. Exemple"));
        Assert.Equal(4, await user.CountAsync("Divers..."));
        var told = (await scene.ProblemsAsync()).ToDictionary(p => p.Folder, p => (p.Kind, p.Detail!));
        Assert.Equal(CopyProblemKind.FolderRenamed, told["2023/2024"].Kind);
        foreach (var (name, i) in names.Select((n, i) => (n, i)))
            Assert.Equal(i + 1, await user.CountAsync(told.TryGetValue(name, out var other) ? other.Item2 : name));
        await scene.CopyAsync(CopyScene.Request(dovecot.Port, "gugus", PrivateDovecot.Password));
        Assert.Equal(here, (await user.OkAsync("LIST \"\" \"*\"")).Count - 1);
    }

    [Fact]
    // C172
    public async Task Names_keep_their_letters_and_sent_and_drafts_in_another_language_become_the_accounts_own()
    {
        await using var dovecot = await PrivateDovecot.StartAsync(separator: '.', prefix: "INBOX.");
        await using var scene = await CopyScene.CreateAsync(fixture, folders: ["Sent", "Drafts", "Trash", "Junk"]);
        await using var there = await dovecot.SignInAsync("gugus");
        var raw = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["R&-D"] = 1,
            ["&AMk-l&AOk-ments envoy&AOk-s"] = 2,
            ["Brouillons"] = 3,
            ["Gel&APY-schte Objekte"] = 4,
            ["&ZeVnLIqe-"] = 5,
        };
        foreach (var (name, count) in raw)
        {
            await there.OkAsync($"CREATE \"INBOX.{name}\"");
            await there.FillAsync("INBOX." + name, count);
        }

        var copy = await scene.CopyAsync(CopyScene.Request(dovecot.Port, "gugus", PrivateDovecot.Password));

        Assert.Equal(15, copy.CopiedMessages);
        await using var user = await scene.UserAsync();
        Assert.Equal(2, await user.CountAsync("Sent"));
        Assert.Equal(3, await user.CountAsync("Drafts"));
        Assert.Equal(4, await user.CountAsync("Trash"));
        Assert.Equal(1, await user.CountAsync("R&-D"));
        Assert.Equal(5, await user.CountAsync("&ZeVnLIqe-"));
        Assert.Equal(7, (await user.OkAsync("LIST \"\" \"*\"")).Count - 1);
        Assert.Empty(await scene.ProblemsAsync());
    }

    [Fact]
    public async Task A_mark_of_the_server_goes_before_the_name()
    {
        await using var dovecot = await PrivateDovecot.StartAsync(mailboxes: "mailbox Uitgaand {\n special_use = \\Sent\n }");
        await using var scene = await CopyScene.CreateAsync(fixture, folders: ["Envoyés"]);
        await using var there = await dovecot.SignInAsync("gugus");
        foreach (var name in (string[])["Uitgaand", "Sent"])
        {
            await there.OkAsync($"CREATE {name}");
            await there.FillAsync(name, name.Length);
        }

        await scene.CopyAsync(CopyScene.Request(dovecot.Port, "gugus", PrivateDovecot.Password));

        await using var user = await scene.UserAsync();
        Assert.Equal((8, 4), (await user.CountAsync("Envoy&AOk-s"), await user.CountAsync("Sent")));
    }

    [Theory]
    [InlineData(SourceAuthentication.Password, PrivateDovecot.Password, null)]
    [InlineData(SourceAuthentication.Proxy, PrivateDovecot.AdminPassword, "root")]
    [InlineData(SourceAuthentication.OAuth2, PrivateDovecot.Password, null)]
    public async Task The_user_an_administrator_or_a_token_opens_the_mailbox(SourceAuthentication by, string secret, string? proxy)
    {
        await using var dovecot = await PrivateDovecot.StartAsync();
        await using var scene = await CopyScene.CreateAsync(fixture);
        await using (var there = await dovecot.SignInAsync("gugus@exemple.be")) await there.FillAsync("INBOX", 3);

        var copy = await scene.CopyAsync(CopyScene.Request(dovecot.Port, "gugus@exemple.be", secret, by, proxy));

        Assert.Equal(3, copy.CopiedMessages);
    }
}
