using MailAdmin.Provisioning.Sieve;
using MailAdmin.Provisioning.Tests.Cyrus;

namespace MailAdmin.Provisioning.Tests.Sieve;

/// <summary>The panel's script is stored, refused, read and set aside.</summary>
[Collection(nameof(CyrusServers))]
public sealed class SieveScriptsTests(CyrusFixture fixture) : SieveScriptsTest(fixture)
{
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
    public async Task A_script_of_the_users_own_under_our_name_is_never_overwritten_or_removed()
    {
        var (user, scripts, facts) = await StartAsync(("mailadmin", "keep;"));

        var refusal = await Assert.ThrowsAsync<SieveRefusedException>(() => scripts.EnsureAsync(facts, Cancellation));
        await scripts.EnsureAsync(facts with { IsOn = false }, Cancellation);

        Assert.Equal(SieveRefusal.NameTaken, refusal.Reason);
        Assert.Contains("keep;", await TextAsync(user), StringComparison.Ordinal);
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
}
