using System.Diagnostics;
using System.Globalization;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using Microsoft.Data.Sqlite;

namespace MailAdmin.EndToEnd.Tests.Hostile;

/// <summary>
/// Sends every form of every role with random and hostile values. Nothing fails, nothing is echoed unescaped, nothing changes outside what
/// was asked, and the output for the servers is still valid. MAILADMIN_HOSTILE_SEED repeats a run, and MAILADMIN_HOSTILE_ROUNDS lengthens
/// it.
/// </summary>
public sealed class HostileInputTests(OwnExample own) : IClassFixture<OwnExample>
{
    private static readonly int Rounds = Setting("MAILADMIN_HOSTILE_ROUNDS", 6);

    // Forms that ask for a password. Wrong ones delay the next attempts: for a name after the third, and for everybody here after the
    // twentieth.
    private static readonly string[] AskPassword = ["/sign-in", "/settings/password", "/settings/second-factor/open"];

    private MailSandbox Sandbox => own.Sandbox;

    [Fact]
    public async Task No_form_of_any_role_is_broken_by_what_is_typed_into_it()
    {
        var seed = Setting("MAILADMIN_HOSTILE_SEED", Random.Shared.Next());
        var hostile = new HostileValues(seed);
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await PrepareAsync(panel);
        var before = await ContentsAsync([]);
        var tried = await VisitSignInAsync(hostile, seed);
        Assert.Equal(before, await ContentsAsync([]));

        foreach (var (role, own) in (IEnumerable<(string, string[])>)[("soutien", []), ("jens", ["exemple.be"])])
        {
            var foreign = await ContentsAsync(own);
            tried += await VisitAsync(role, OwnExample.Password, hostile, seed);
            Assert.Equal(foreign, await ContentsAsync(own));
        }
        var access = Sandbox.Description.Panel;
        tried += await VisitAsync(access.User!, access.Password!, hostile, seed);

        TestContext.Current.SendDiagnosticMessage($"{tried} hostile posts, seed {seed}");
        Assert.True(tried > 15 * Rounds, $"{tried} posts, seed {seed}");
        await MapsAreWholeAsync(seed);
        await ScriptsAreWholeAsync(seed);
    }

    private static async Task PrepareAsync(PanelClient panel)
    {
        await panel.SubmitAsync(
            "/domains/new", ("Name", "voisin.example"), ("Prefix", "voisin"), ("MaxAccounts", "10"), ("DefaultQuota", "1000"));
        await panel.CreateAccountAsync("voisin.example", "ventes", OwnExample.Password);
        await panel.SubmitAsync("/domains/exemple.be/names", ("Name", "encore.example"));
        await panel.SubmitAsync("/domains/voisin.example/aliases/new", ("Address", "info"), ("Destinations", "voisin0001"));
        foreach (var (name, role) in (IEnumerable<(string, string)>)[("soutien", "Support"), ("jens", "DomainAdmin")])
        {
            var made = await panel.SubmitAsync(
                "/admins/new", ("Name", name), ("Rights", role), ("Domains", "exemple.be"), ("Password", OwnExample.Password),
                ("Confirmation", OwnExample.Password));
            Assert.True(made.Status == 200 && made.Path != "/admins/new", made.Text);
        }
    }

    // A visitor who is not signed in.
    private async Task<int> VisitSignInAsync(HostileValues hostile, int seed)
    {
        using var visitor = new HostileVisitor(Sandbox, "nobody", OwnExample.Password);
        foreach (var place in (await visitor.FormsOfAsync("/sign-in")).Values)
            await SendAsync(visitor, place, hostile, seed, _ => Task.CompletedTask);
        return visitor.Sent.Count;
    }

    private async Task<int> VisitAsync(string name, string password, HostileValues hostile, int seed)
    {
        using var visitor = new HostileVisitor(Sandbox, name, password);
        await visitor.SignInAsync();
        var closed = await visitor.FormsOfAsync("/settings/second-factor");
        await visitor.OpenAsync();
        var forms = (await visitor.FormsAsync(most: 250)).Concat(closed).DistinctBy(f => f.Key).Select(f => f.Value).ToList();
        Assert.Contains(forms, f => f.EndsWith("/settings/second-factor/passkeys", StringComparison.Ordinal));
        var queries = await visitor.QueriesWithNulAsync();
        Assert.NotEmpty(queries);
        Assert.All(queries, q => Assert.InRange(q.Status, 200, 499));
        foreach (var place in forms.OrderBy(OrderOf)) await SendAsync(visitor, place, hostile, seed, visitor.PrepareAsync);
        return visitor.Sent.Count;
    }

    // Forms that delete something come late, because the pages of other forms go with it. Forms that end the session come last, and then
    // those that may require a second factor.
    private static int OrderOf(string place) => place.Split(' ')[1] switch
    {
        "/security" => 3,
        var action when HostileVisitor.Leaves(action) => 2,
        var action when action.Contains("delete", StringComparison.Ordinal) => 1,
        _ => 0,
    };

    private static async Task SendAsync(HostileVisitor visitor, string place, HostileValues hostile, int seed, Func<string, Task> prepare)
    {
        var (path, action) = place.Split(' ') is [var p, var a] ? (p, a) : throw new InvalidOperationException(place);
        var isLast = HostileVisitor.Leaves(action);
        var rounds = AskPassword.Contains(action, StringComparer.Ordinal) ? 2 : isLast ? Math.Min(Rounds, 3) : Rounds;
        for (var round = 0; round < rounds; round++)
        {
            if (isLast) await prepare(action);
            if (await visitor.SendAsync(path, action, hostile, huge: round == 0) is not { } answer) break;
            Assert.True(answer.Status < 500, $"{answer.Status}, seed {seed}: {visitor.Sent[^1]}");
            Assert.False(answer.IsBroken, $"unescaped, seed {seed}: {visitor.Sent[^1]}");
            // The form has ended the visitor's own session.
            if (!isLast && answer.IsSignIn) await prepare(action);
        }
    }

    // Everything outside the visitor's own domains, except what every change leaves.
    private async Task<string> ContentsAsync(string[] own)
    {
        var mine = string.Join(',', own.Select(d => $"'{d}'"));
        var foreign = $"""SELECT "Id" FROM "Domains" WHERE "Name" NOT IN ({mine})""";
        string[] queries =
        [
            $"""SELECT "Name", "Prefix", "MaxAccounts", "State", "CatchAllAccountId", "AccountCount" FROM "Domains" WHERE "Id" IN ({foreign}) ORDER BY "Id" """,
            $"""SELECT "Username", "State", "Services", "Quota" FROM "Accounts" WHERE "DomainId" IN ({foreign}) ORDER BY "Id" """,
            $"""SELECT "LocalPart", "AccountId" FROM "Addresses" WHERE "DomainId" IN ({foreign}) ORDER BY "Id" """,
            $"""SELECT "Map", "Key", "Value" FROM "MapEntries" WHERE "Key" LIKE '%voisin.example' OR "Key" LIKE 'voisin0001@store%' ORDER BY "Map", "Key" """,
            """SELECT "Username", "Quota" FROM "Accounts" WHERE "Username" = 'voisin0001' """,
            """SELECT "UserName", "Role" FROM "Admins" ORDER BY "Id" """,
            """SELECT "Name", "SupportAddress" FROM "Hosters" """,
        ];
        await using var connection = new SqliteConnection($"Data Source={Sandbox.Folder.Database};Mode=ReadOnly");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        foreach (var query in queries)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = query;
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                lines.Add(
                    string.Join(
                        " | ", Enumerable.Range(0, reader.FieldCount)
                            .Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }
        return string.Join('\n', lines);
    }

    // postmap can read every map, and the panel never failed to write one.
    private async Task MapsAreWholeAsync(int seed)
    {
        foreach (var map in (string[])["domains", "virtual", "refused", "transport", "relay_domains", "senders", "no_sending"])
        {
            var (code, words) = await RunAsync("postmap", "-s", $"lmdb:{Path.Combine(Sandbox.Folder.Maps, map)}");
            Assert.True(code == 0 && !words.Contains("warning", StringComparison.Ordinal), $"{map}, seed {seed}: {words}");
        }
        Assert.DoesNotContain(
            "Updating the maps of", await File.ReadAllTextAsync(Sandbox.Panel.LogPath, TestContext.Current.CancellationToken));
    }

    // The scripts that the panel has stored on the server can be compiled.
    private async Task ScriptsAreWholeAsync(int seed)
    {
        foreach (var script in Directory.EnumerateFiles(Sandbox.Folder.Cyrus, "*.script", SearchOption.AllDirectories))
        {
            var compiled = Path.GetTempFileName();
            var (code, words) = await RunAsync("/usr/lib/cyrus/bin/sievec", "-C", Sandbox.Folder.CyrusSettings, script, compiled);
            File.Delete(compiled);
            Assert.True(code == 0, $"{script}, seed {seed}: {words}");
        }
    }

    private static async Task<(int Code, string Words)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                program, arguments)
            { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var words = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, words);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
