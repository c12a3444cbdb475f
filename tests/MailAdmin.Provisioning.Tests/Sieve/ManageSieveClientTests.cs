using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Sieve;
using MailAdmin.Provisioning.Tests.Cyrus;

namespace MailAdmin.Provisioning.Tests.Sieve;

[Collection(nameof(CyrusServers))]
public sealed class ManageSieveClientTests(CyrusFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Scripts_are_put_listed_read_activated_and_deleted_in_the_users_place(bool startTls)
    {
        var user = await ScriptUser.CreateAsync(fixture);
        await using var client = await user.SignInAsync(startTls);
        Assert.Contains("vacation", client.Capabilities.Extensions);
        Assert.Empty(await client.ListScriptsAsync(Cancellation));

        await client.PutScriptAsync("\"a\"'b\\", "keep;\r\n", Cancellation);
        await client.PutScriptAsync("b", "# ça\r\nkeep;\r\n", Cancellation);
        await client.SetActiveAsync("b", Cancellation);

        Assert.Equal(
            [new("\"a\"'b\\", false), new("b", true)], (await client.ListScriptsAsync(Cancellation))
                .OrderBy(s => s.Name, StringComparer.Ordinal));
        Assert.Equal("# ça\r\nkeep;\r\n", await client.GetScriptAsync("b", Cancellation));
        var active = await Assert.ThrowsAsync<SieveRefusedException>(() => client.DeleteScriptAsync("b", Cancellation));
        Assert.Equal(SieveRefusal.Active, active.Reason);
        await client.SetActiveAsync("", Cancellation);
        await client.DeleteScriptAsync("b", Cancellation);
        await client.DeleteScriptAsync("\"a\"'b\\", Cancellation);
        Assert.Empty(await client.ListScriptsAsync(Cancellation));
    }

    // C052
    [Fact]
    public async Task Lengths_are_octets()
    {
        var user = await ScriptUser.CreateAsync(fixture);
        await using var client = await user.SignInAsync();
        var script = $"# {string.Concat(Enumerable.Repeat("é", 200))} 🏝️\r\nkeep;\r\n";

        await client.PutScriptAsync("octets", script, Cancellation);

        Assert.Equal(script, await client.GetScriptAsync("octets", Cancellation));
    }

    [Fact]
    public async Task The_servers_own_refusals_are_told_with_their_reasons()
    {
        var user = await ScriptUser.CreateAsync(fixture);
        await using var client = await user.SignInAsync();
        Assert.Equal(
            SieveRefusal.Missing,
            (await Assert.ThrowsAsync<SieveRefusedException>(() => client.GetScriptAsync("none", Cancellation))).Reason);
        Assert.Equal(SieveRefusal.ScriptTooLarge, (await Assert.ThrowsAsync<SieveRefusedException>(
            () => client.PutScriptAsync("big", new string('#', 70_000), Cancellation))).Reason);
        foreach (var name in (string[])["1", "2", "3", "4", "5"]) await client.PutScriptAsync(name, "keep;\r\n", Cancellation);
        Assert.Equal(SieveRefusal.TooManyScripts, (await Assert.ThrowsAsync<SieveRefusedException>(
            () => client.PutScriptAsync("6", "keep;\r\n", Cancellation))).Reason);

        var syntax = await Assert.ThrowsAsync<SieveRefusedException>(
            () => client.CheckScriptAsync("keep;\r\nvacation \"x\"\r\n", Cancellation));

        Assert.Equal(SieveRefusal.InvalidScript, syntax.Reason);
        Assert.Contains("line", syntax.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_signed_in_who_has_no_mailbox()
    {
        var cyrus = await fixture.ServerAsync();

        var refusal = await Assert.ThrowsAsync<SieveRefusedException>(() => ManageSieveClient.SignInAsync(
            cyrus.SieveOptions(), cyrus.Options(), TimeProvider.System, Username.Parse("nobody0001"), Cancellation));

        Assert.Equal(SieveRefusal.SignIn, refusal.Reason);
    }

    [Fact]
    public async Task A_server_that_hangs_is_unavailable_in_time()
    {
        var user = await ScriptUser.CreateAsync(fixture);
        var cyrus = await fixture.ServerAsync();
        var options = cyrus.Options();
        options.CommandTimeout = TimeSpan.FromMilliseconds(500);
        cyrus.Freeze();
        try
        {
            await Assert.ThrowsAsync<SieveUnavailableException>(() => ManageSieveClient.SignInAsync(
                cyrus.SieveOptions(), options, TimeProvider.System, user.Name, Cancellation));
        }
        finally
        {
            cyrus.Thaw();
        }
    }
}
