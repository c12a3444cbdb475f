using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Sieve;
using MailAdmin.Provisioning.Tests.Cyrus;

namespace MailAdmin.Provisioning.Tests.Sieve;

[Collection(nameof(CyrusServers))]
public sealed class SieveScriptsTests(CyrusFixture fixture)
{
    // Cyrus lists a script that was stored as "été" like this.
    private const string Été = "=?UTF-8?Q?=C3=A9t=C3=A9?=";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vacation_is_active_while_it_is_on_and_leaves_nothing_behind()
    {
        var (user, scripts, facts) = await StartAsync();

        await scripts.EnsureAsync(facts, Cancellation);

        Assert.Equal("mailadmin*", await ScriptsOf(user));
        Assert.Equal((true, true, false, null), Told(await scripts.StateAsync(user.Name, Cancellation)));
        await scripts.EnsureAsync(facts.Done() with { IsOn = false }, Cancellation);
        Assert.Equal("", await ScriptsOf(user));
        await scripts.EnsureAsync(facts with { IsOn = false }, Cancellation);
        Assert.False((await scripts.StateAsync(user.Name, Cancellation)).IsThere);
    }

    [Fact]
    public async Task The_users_script_is_included_meanwhile_and_active_again_afterwards()
    {
        var (user, scripts, facts) = await StartAsync(("été", "fileinto \"x\";"), ("autre", "keep;"));
        await ActivateAsync(user, Été);

        await scripts.EnsureAsync(facts, Cancellation);
        await scripts.EnsureAsync(facts, Cancellation);
        await scripts.EnsureAsync(facts.Done() with { Text = "autrement" }, Cancellation);

        Assert.Equal($"{Été} autre mailadmin*", await ScriptsOf(user));
        var text = await TextAsync(user);
        Assert.Contains($"include :personal :optional \"{Été}\";", text, StringComparison.Ordinal);
        Assert.Equal("été", (await scripts.StateAsync(user.Name, Cancellation)).Before!.Display);
        Assert.Contains("autrement", text, StringComparison.Ordinal);
        await scripts.EnsureAsync(facts.Done() with { IsOn = false }, Cancellation);
        Assert.Equal($"{Été}* autre", await ScriptsOf(user));
    }

    [Theory]
    [InlineData("vacation \"x\";", "vacation")]
    [InlineData("if header :is \"subject\" \"x\" { reject \"no\"; }", "reject")]
    [InlineData("include :personal \"autre\";", "include")]
    [InlineData("include :personal :optional \"mailadmin\";", "include")]
    public async Task A_script_that_would_silence_both_is_set_aside_named_and_restored(string own, string reason)
    {
        var (user, scripts, facts) = await StartAsync(("autre", "keep;"), ("perso", own));
        await ActivateAsync(user, "perso");

        await scripts.EnsureAsync(facts, Cancellation);

        Assert.DoesNotContain("include", (await TextAsync(user)).Split("require")[1], StringComparison.Ordinal);
        var state = await scripts.StateAsync(user.Name, Cancellation);
        Assert.Equal(("perso", reason), (state.Before!.Name, string.Join(' ', state.Before.Aside)));
        await scripts.EnsureAsync(facts.Done() with { IsOn = false }, Cancellation);
        Assert.Equal("autre perso*", await ScriptsOf(user));
    }

    [Fact]
    public async Task A_clash_that_the_user_adds_meanwhile_is_set_aside_at_the_next_visit()
    {
        var (user, scripts, facts) = await StartAsync(("perso", "keep;"));
        await ActivateAsync(user, "perso");
        await scripts.EnsureAsync(facts, Cancellation);
        await WithAsync(user, c => c.PutScriptAsync("perso", "require \"vacation\"; vacation \"x\";\r\n", Cancellation));

        await scripts.EnsureAsync(facts.Done(), Cancellation);

        Assert.Equal(["vacation"], (await scripts.StateAsync(user.Name, Cancellation)).Before!.Aside);
    }

    [Theory]
    [InlineData("")]
    [InlineData("autre")]
    public async Task What_another_program_switched_off_stays_off_until_somebody_asks_again(string other)
    {
        var (user, scripts, facts) = await StartAsync(("autre", "keep;"), ("perso", "keep;"));
        await ActivateAsync(user, "perso");
        await scripts.EnsureAsync(facts, Cancellation);
        await ActivateAsync(user, other);

        await scripts.EnsureAsync(facts.Done() with { Addresses = ["neuf@exemple.be"] }, Cancellation);

        Assert.Equal((true, false, false, "perso"), Told(await scripts.StateAsync(user.Name, Cancellation)));
        Assert.Contains("neuf@exemple.be", await TextAsync(user), StringComparison.Ordinal);
        await scripts.EnsureAsync(facts.Done() with { Activation = 2 }, Cancellation);
        var expected = other.Length == 0 ? "perso" : other;
        Assert.Equal((true, true, false, expected), Told(await scripts.StateAsync(user.Name, Cancellation)));
    }

    [Fact]
    public async Task A_script_switched_off_by_another_program_does_not_come_back_when_the_vacation_ends()
    {
        var (user, scripts, facts) = await StartAsync(("autre", "keep;"), ("perso", "keep;"));
        await ActivateAsync(user, "perso");
        await scripts.EnsureAsync(facts, Cancellation);
        await ActivateAsync(user, "autre");

        await scripts.EnsureAsync(facts.Done() with { IsOn = false }, Cancellation);

        Assert.Equal("autre* perso", await ScriptsOf(user));
    }

    [Fact]
    public async Task What_another_program_wrote_into_it_is_left_until_somebody_asks_again()
    {
        var (user, scripts, facts) = await StartAsync();
        await scripts.EnsureAsync(facts, Cancellation);
        await WithAsync(user, c => c.PutScriptAsync("mailadmin", "keep;\r\n", Cancellation));

        await scripts.EnsureAsync(facts.Done() with { Text = "neuf" }, Cancellation);

        Assert.Equal("keep;\r\n", await TextAsync(user));
        await scripts.EnsureAsync(facts.Done() with { Text = "neuf", Activation = 2 }, Cancellation);
        Assert.Contains("neuf", await TextAsync(user), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_of_the_users_own_under_our_name_is_never_overwritten_or_removed()
    {
        var (user, scripts, facts) = await StartAsync(("mailadmin", "keep;"));

        var refusal = await Assert.ThrowsAsync<SieveRefusedException>(() => scripts.EnsureAsync(facts, Cancellation));
        await scripts.EnsureAsync(facts with { IsOn = false }, Cancellation);

        Assert.Equal(SieveRefusal.NameTaken, refusal.Reason);
        Assert.Contains("keep;", await TextAsync(user), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_whose_script_was_deleted_meanwhile_ends_without_one()
    {
        var (user, scripts, facts) = await StartAsync(("perso", "keep;"));
        await ActivateAsync(user, "perso");
        await scripts.EnsureAsync(facts, Cancellation);
        await WithAsync(user, c => c.DeleteScriptAsync("perso", Cancellation));

        await scripts.EnsureAsync(facts.Done() with { IsOn = false }, Cancellation);

        Assert.Equal("", await ScriptsOf(user));
    }

    [Fact]
    public async Task A_script_over_the_servers_limit_is_refused_and_what_was_there_goes_on()
    {
        var (user, scripts, facts) = await StartAsync(("perso", "keep;"));
        await ActivateAsync(user, "perso");
        var many = Enumerable.Range(0, 3000).Select(n => $"adresse{n}@exemple.be").ToList();

        var refusal = await Assert.ThrowsAsync<SieveRefusedException>(
            () => scripts.EnsureAsync(facts with { Addresses = many }, Cancellation));

        Assert.Equal(SieveRefusal.ScriptTooLarge, refusal.Reason);
        Assert.Equal("perso*", await ScriptsOf(user));
    }

    [Fact]
    public async Task What_the_active_script_does_is_read_with_all_that_it_includes()
    {
        var (user, scripts, facts) = await StartAsync(
            ("perso", "include :personal \"autre\"; include :optional \"absent\"; fileinto \"x\";"),
            ("autre", "redirect \"loin@example.org\"; include :personal \"perso\";"), ("inactif", "discard;"));
        Assert.Null((await scripts.ReadActiveAsync(user.Name, Cancellation)).Name);
        await ActivateAsync(user, "perso");

        var active = await scripts.ReadActiveAsync(user.Name, Cancellation);

        Assert.Equal(("perso", false, false), (active.Name, active.IsSetAside, active.Summary.Discards));
        Assert.Equal("loin@example.org", Assert.Single(active.Summary.Redirects).Address);
        // The script is read while the vacation is on, too. The vacation's own answers are not the user's.
        await WithAsync(
            user, c => c.PutScriptAsync("perso", "redirect :copy \"loin@example.org\";\r\n".Insert(0, "require \"copy\"; "), Cancellation));
        await scripts.EnsureAsync(facts, Cancellation);
        active = await scripts.ReadActiveAsync(user.Name, Cancellation);
        Assert.Equal(("perso", false, false, 1), (active.Name, active.IsSetAside, active.Summary.Answers, active.Summary.Redirects.Count));
    }

    [Fact]
    public async Task A_script_that_is_set_aside_is_kept_and_does_not_come_back_with_the_vacation()
    {
        var (user, scripts, facts) = await StartAsync(("perso", "redirect \"loin@example.org\";"));
        await ActivateAsync(user, "perso");
        await scripts.SetAsideAsync(user.Name, null, Cancellation);
        Assert.Equal("perso", await ScriptsOf(user));

        await ActivateAsync(user, "perso");
        await scripts.EnsureAsync(facts, Cancellation);
        await scripts.SetAsideAsync(user.Name, facts.Done(), Cancellation);
        await scripts.SetAsideAsync(user.Name, facts.Done(), Cancellation);

        Assert.Equal("mailadmin* perso", await ScriptsOf(user));
        Assert.True((await scripts.ReadActiveAsync(user.Name, Cancellation)).Summary.IsHarmless);
        await scripts.EnsureAsync(facts.Done() with { Text = "neuf" }, Cancellation);
        Assert.DoesNotContain("include", (await TextAsync(user)).Split("require")[1], StringComparison.Ordinal);
        await scripts.EnsureAsync(facts.Done() with { IsOn = false }, Cancellation);
        Assert.Equal("perso", await ScriptsOf(user));
    }

    [Theory]
    [InlineData("a\\b")]
    [InlineData("a\\\\b")]
    [InlineData("fin\\")]
    [InlineData("a\\\"b")]
    [InlineData("e\"f")]
    public async Task Names_with_quotes_and_backslashes_are_what_the_server_knows_them_by(string name)
    {
        var (user, scripts, facts) = await StartAsync((name, "keep;"));
        await ActivateAsync(user, name);

        await scripts.EnsureAsync(facts, Cancellation);

        Assert.Equal(name, (await scripts.StateAsync(user.Name, Cancellation)).Before!.Name);
        await scripts.EnsureAsync(facts.Done() with { IsOn = false }, Cancellation);
        Assert.Equal(name + "*", await ScriptsOf(user));
    }

    private async Task<(ScriptUser, SieveScripts, VacationFacts)> StartAsync(params (string Name, string Text)[] own)
    {
        var user = await ScriptUser.CreateAsync(fixture);
        var scripts = new SieveScripts(user.Cyrus.SieveOptions(), user.Cyrus.Options(), TimeProvider.System);
        foreach (var (name, text) in own)
            await WithAsync(
                user, c =>
                c.PutScriptAsync(name, $"require [\"fileinto\", \"reject\", \"vacation\", \"include\"];\r\n{text}\r\n", Cancellation));
        return (user, scripts, Vacations.Of() with { Username = user.Name });
    }

    private static (bool, bool, bool, string?) Told(ScriptState state) =>
        (state.IsThere, state.IsActive, state.IsEdited, state.Before?.Name);

    private static Task ActivateAsync(ScriptUser user, string name) => WithAsync(user, c => c.SetActiveAsync(name, Cancellation));

    private static async Task WithAsync(ScriptUser user, Func<ManageSieveClient, Task> work)
    {
        await using var client = await user.SignInAsync();
        await work(client);
    }

    /// <summary>The names of the scripts; the active one has a star.</summary>
    private static async Task<string> ScriptsOf(ScriptUser user)
    {
        await using var client = await user.SignInAsync();
        return string.Join(
            ' ', (await client.ListScriptsAsync(Cancellation)).Select(s => s.Name + (s.IsActive ? "*" : "")).Order(StringComparer.Ordinal));
    }

    private static async Task<string> TextAsync(ScriptUser user)
    {
        await using var client = await user.SignInAsync();
        return await client.GetScriptAsync(SieveScripts.Name, Cancellation);
    }
}
