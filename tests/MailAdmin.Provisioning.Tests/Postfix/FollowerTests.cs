using System.Diagnostics;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Tests.Postfix;

public sealed class FollowerTests
{
    private const PostfixMap Virtual = PostfixMap.Virtual;

    [Fact]
    public async Task Missing_maps_are_made_even_when_they_are_to_be_empty()
    {
        await using var lab = await FollowerFixture.CreateAsync();

        await lab.Follower().CatchUpAsync(default);

        Assert.All(PostfixMaps.All, m => Assert.True(File.Exists(Path.Combine(lab.MapFolder, m.FileName() + ".lmdb"))));
        Assert.Equal("store:unix:/lmtp", await lab.LookUpAsync(PostfixMap.Transport, "store.lab.example"));
    }

    [Fact]
    public async Task A_changed_destination_replaces_the_old_one_and_a_removed_key_is_gone()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        var follower = lab.Follower();
        await lab.WriteAsync(Virtual, ("a@exemple.be", "old@example.org"), ("b@exemple.be", "b@example.org"));
        await follower.CatchUpAsync(default);

        await lab.WriteAsync(Virtual, ("a@exemple.be", "new@example.org"), ("b@exemple.be", null));
        Assert.True(await follower.CatchUpAsync(default));

        Assert.Equal("new@example.org", await lab.LookUpAsync(Virtual, "a@exemple.be"));
        Assert.Null(await lab.LookUpAsync(Virtual, "b@exemple.be"));
        Assert.False(await follower.CatchUpAsync(default));
    }

    // C149
    [Fact]
    public async Task After_deletions_the_maps_are_line_for_line_what_a_rebuild_makes_of_the_rows()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        var follower = lab.Follower();
        await lab.WriteAsync(PostfixMap.Domains, ("exemple.be", "hosted"), ("voisin.example", "hosted"));
        await lab.WriteAsync(
            Virtual, ("a@exemple.be", "x@example.org,exemple0001@store.lab.example"), ("exemple0001@store.lab.example", "y@example.net"),
            ("b@voisin.example", "z@example.org"));
        await follower.CatchUpAsync(default);

        // Removes the alias, the redirect, and the other customer's domain.
        await lab.WriteAsync(Virtual, ("a@exemple.be", null), ("exemple0001@store.lab.example", null));
        await lab.WriteAsync(PostfixMap.Domains, ("voisin.example", null));
        await lab.WriteAsync(Virtual, ("b@voisin.example", null));
        await follower.CatchUpAsync(default);

        var kept = await DumpAsync(lab);
        Assert.DoesNotContain(
            kept, line => line.Contains("exemple0001", StringComparison.Ordinal) || line.Contains("voisin", StringComparison.Ordinal));
        Assert.Contains("domains: exemple.be\thosted", kept);
        foreach (var map in PostfixMaps.All) File.Delete(Path.Combine(lab.MapFolder, map.FileName() + ".lmdb"));
        await lab.Follower().CatchUpAsync(default);
        Assert.Equal(await DumpAsync(lab), kept);
    }

    // C147
    [Fact]
    public async Task An_alias_of_twenty_kilobytes_is_one_line_that_comes_back_whole()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        var value = string.Join(',', Enumerable.Range(1, 500).Select(n => $"somebody.with.a.long.name.{n:D4}@department.example.org"));
        Assert.True(value.Length > 20_000);

        await lab.WriteAsync(Virtual, ("list@exemple.be", value), ("next@exemple.be", "n@example.org"));
        await lab.Follower().CatchUpAsync(default);

        Assert.Equal(value, await lab.LookUpAsync(Virtual, "list@exemple.be"));
        Assert.Equal("n@example.org", await lab.LookUpAsync(Virtual, "next@exemple.be"));
        Assert.Equal(2, (await DumpAsync(lab)).Count(line => line.StartsWith("virtual: ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("postmap: warning: row left out", 0)]
    [InlineData("postmap: fatal: open database: row left out", 1)]
    public async Task A_warning_or_a_failure_of_postmap_is_made_good_in_the_next_round(string words, int exitCode)
    {
        await using var lab = await FollowerFixture.CreateAsync();
        await lab.FollowAsync();
        lab.PostmapPath = await ScriptAsync(
            lab, $"""case " $*" in *" -i "*) cat >/dev/null; echo "{words}" >&2; exit {exitCode};; *) exec /usr/sbin/postmap "$@";; esac""");
        var warned = lab.Follower();
        await lab.WriteAsync(Virtual, ("a@exemple.be", "a@example.org"));

        var failure = await Assert.ThrowsAsync<PostmapException>(() => warned.CatchUpAsync(default));
        Assert.Contains("row left out", failure.Message);

        lab.PostmapPath = "/usr/sbin/postmap";
        await lab.Follower().CatchUpAsync(default);
        Assert.Equal("a@example.org", await lab.LookUpAsync(Virtual, "a@exemple.be"));
    }

    [Fact]
    public async Task At_the_first_start_the_folder_of_the_maps_is_made()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        Directory.Delete(lab.MapFolder, recursive: true);
        await lab.WriteAsync(Virtual, ("a@exemple.be", "a@example.org"));

        await lab.Follower().CatchUpAsync(default);

        Assert.Equal("a@example.org", await lab.LookUpAsync(Virtual, "a@exemple.be"));
    }

    [Fact]
    public async Task A_row_that_postmap_silently_left_out_is_noticed()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        await lab.FollowAsync();
        lab.PostmapPath = await ScriptAsync(
            lab, """case " $*" in *" -i "*) cat >/dev/null; exit 0;; *) exec /usr/sbin/postmap "$@";; esac""");
        var silent = lab.Follower();
        await lab.WriteAsync(Virtual, ("a@exemple.be", "a@example.org"));

        await silent.CatchUpAsync(default);
        await Assert.ThrowsAsync<PostmapException>(() => silent.SettleAsync(default));

        lab.PostmapPath = "/usr/sbin/postmap";
        await lab.Follower().CatchUpAsync(default);
        Assert.Equal("a@example.org", await lab.LookUpAsync(Virtual, "a@exemple.be"));
    }

    [Fact]
    public async Task What_is_not_urgent_waits_while_there_is_news()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        var follower = lab.Follower();
        await lab.WriteAsync(Virtual, ("a@exemple.be", "a@example.org"));
        await follower.CatchUpAsync(default);
        await lab.WriteAsync(Virtual, ("a@exemple.be", null));
        await follower.CatchUpAsync(default);

        Assert.Null(await follower.SettleAsync(default, Task.CompletedTask));
        Assert.False(follower.IsSettled);

        Assert.Equal(follower.Position, await follower.SettleAsync(default, new TaskCompletionSource().Task));
        Assert.True(follower.IsSettled);
    }

    [Fact]
    public async Task A_new_domain_makes_smtpd_forget_what_it_remembers_and_a_new_address_does_not()
    {
        await using var lab = await FollowerFixture.CreateAsync();
        var follower = lab.Follower();
        await follower.CatchUpAsync(default);
        var before = File.GetLastWriteTimeUtc(lab.ReloadTrigger);

        await lab.WriteAsync(Virtual, ("a@exemple.be", "a@example.org"));
        await follower.CatchUpAsync(default);
        Assert.Equal(before, File.GetLastWriteTimeUtc(lab.ReloadTrigger));

        await lab.WriteAsync(PostfixMap.Domains, ("exemple.be", "hosted"));
        await follower.CatchUpAsync(default);
        Assert.True(File.GetLastWriteTimeUtc(lab.ReloadTrigger) - before >= TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("#x@exemple.be", "a@example.org")]
    [InlineData(" x@exemple.be", "a@example.org")]
    [InlineData("x@exemple.be", "")]
    [InlineData("x@exemple.be", "a@example.org\nroot: b@example.org")]
    [InlineData("", "a@example.org")]
    public void What_postmap_would_misread_is_refused_before_it(string key, string value) =>
        Assert.Throws<InvalidDataException>(() => MapLine.Of(key, value));

    // C155
    [Fact]
    public void A_destination_without_a_domain_never_reaches_the_map() => Assert.Throws<InvalidDataException>(() =>
        MapLine.Of(new MapEntry { Map = Virtual, Key = "x@exemple.be", Value = "a@example.org,exemple0001" }));

    private static async Task<string> ScriptAsync(FollowerFixture lab, string body)
    {
        var path = Path.Combine(lab.Folder, "postmap.sh");
        await File.WriteAllTextAsync(path, "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    // Every line of every map as Postfix itself lists them, without the entries that the followers keep for themselves.
    private static async Task<List<string>> DumpAsync(FollowerFixture lab)
    {
        List<string> lines = [];
        foreach (var map in PostfixMaps.All)
        {
            using var postmap = Process.Start(
                new ProcessStartInfo(
                    "/usr/sbin/postmap",
                    ["-c", Path.Combine(lab.Folder, "etc"), "-s",
                    $"lmdb:{lab.MapFolder}/{map.FileName()}"])
                { RedirectStandardOutput = true, UseShellExecute = false })!;
            var text = await postmap.StandardOutput.ReadToEndAsync();
            lines.AddRange(
                text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '!').Select(l => $"{map.FileName()}: {l}")
                    .Order(StringComparer.Ordinal));
        }
        return lines;
    }
}
