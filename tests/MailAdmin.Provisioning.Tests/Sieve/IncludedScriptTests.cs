using MailAdmin.Provisioning.Tests.Cyrus;

namespace MailAdmin.Provisioning.Tests.Sieve;

/// <summary>What becomes of the user's own script while the vacation is on, and afterwards.</summary>
[Collection(nameof(CyrusServers))]
public sealed class IncludedScriptTests(CyrusFixture fixture) : SieveScriptsTest(fixture)
{
    // Cyrus lists a script that was stored as "été" like this.
    private const string Été = "=?UTF-8?Q?=C3=A9t=C3=A9?=";

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
}
