using MailAdmin.Provisioning.Tests.Cyrus;

namespace MailAdmin.Provisioning.Tests.Sieve;

/// <summary>Another program switches scripts on and off, or writes into the panel's script.</summary>
[Collection(nameof(CyrusServers))]
public sealed class ScriptsOfOtherProgramsTests(CyrusFixture fixture) : SieveScriptsTest(fixture)
{
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
}
