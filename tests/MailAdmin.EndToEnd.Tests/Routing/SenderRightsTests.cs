using System.Text;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Routing;

/// <summary>The addresses that an account may send from. A signed-in user asks the real Postfix.</summary>
public sealed class SenderRightsTests(OwnExample own) : IClassFixture<OwnExample>
{
    private MailSandbox Sandbox => own.Sandbox;

    [Fact]
    public async Task An_account_sends_as_its_addresses_and_as_aliases_that_deliver_to_it_alone_on_every_name_and_as_nobody_else()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (me, other) = await TwoAsync(panel, "droits", "autre");
        await panel.SubmitAsync($"/domains/exemple.be/accounts/{me}/addresses", "main #add", ("Address", "droits.second"));
        await AliasAsync(panel, "seul", "droits@exemple.be");
        await AliasAsync(panel, "chaine", "seul@exemple.be");
        await AliasAsync(panel, "partage", "droits@exemple.be\nautre@exemple.be");
        await AliasAsync(panel, "dehors", "droits@exemple.be\nsupport@example.org");
        await panel.SubmitAsync("/domains/exemple.be/names", ("Name", "exemple-droits.example"));

        foreach (var name in (string[])["exemple.be", "exemple-droits.example"])
        {
            foreach (var mine in (string[])["droits", "droits.second", "seul", "chaine", "droits+liste", "DROITS"])
                await MayAsync(me, $"{mine}@{name}");
            foreach (var foreign in (string[])["autre", "partage", "dehors", "pascal", "inconnu"])
                await MayNotAsync(me, $"{foreign}@{name}");
        }
        // The user signs in with the address, as people do, and in capitals, as telephones do.
        await MayAsync("droits@exemple.be", "seul@exemple.be");
        await MayAsync(me.ToUpperInvariant(), "droits@exemple.be");
        await MayNotAsync(me, "president@example.org");
        await MayNotAsync(me, $"{me}@store.sandbox.test");
        await MayNotAsync(other, "droits@exemple.be");
    }

    [Fact]
    public async Task A_right_ends_when_the_alias_gets_a_second_destination_and_returns_when_that_goes()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (me, _) = await TwoAsync(panel, "change", "second");
        var alias = (await AliasAsync(panel, "bureau", "change@exemple.be")).Path;
        await MayAsync(me, "bureau@exemple.be");

        await panel.SubmitAsync(alias, "main form.sheet", ("Destinations", "second@exemple.be"));
        await MayNotAsync(me, "bureau@exemple.be");
        await MayAsync(me, "change@exemple.be");

        await panel.SubmitAsync(alias, "main li:last-child form");
        await MayAsync(me, "bureau@exemple.be");
    }

    [Fact]
    public async Task Who_is_suspended_sends_as_nobody_any_more_over_a_held_connection_either()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (me, _) = await TwoAsync(panel, "suspendu", "reste");
        using var held = await SignInAsync(me);
        Assert.StartsWith("250", await SendAsAsync(held, "suspendu@exemple.be"));

        await Accounts.SuspendAsync(Sandbox, me);

        await Eventually.HoldsAsync(async () => Assert.StartsWith("550 5.7.1", await SendAsAsync(held, "suspendu@exemple.be")));
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("535", (await Assert.ThrowsAsync<InvalidOperationException>(() => SignInAsync(me))).Message));
        await Accounts.ResumeAsync(Sandbox, me);
        await MayAsync(me, "suspendu@exemple.be");
    }

    [Fact]
    public async Task The_page_says_that_From_is_checked()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (me, _) = await TwoAsync(panel, "entete", "victime");

        Assert.Contains(
            "and the “From” line that recipients see.", (await panel.GetAsync($"/domains/exemple.be/accounts/{me}/addresses")).Text);
    }

    private static async Task<(string First, string Second)> TwoAsync(PanelClient panel, string first, string second) =>
        ((await panel.CreateAccountAsync("exemple.be", first, OwnExample.Password)).Username,
            (await panel.CreateAccountAsync("exemple.be", second, OwnExample.Password)).Username);

    private static Task<PanelPage> AliasAsync(PanelClient panel, string name, string destinations) =>
        panel.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", name), ("Destinations", destinations));

    private Task MayAsync(string login, string sender) => AnswersAsync("250", login, sender);

    private Task MayNotAsync(string login, string sender) => AnswersAsync("553", login, sender);

    private Task AnswersAsync(string code, string login, string sender) => Eventually.HoldsAsync(async () =>
    {
        using var session = await SignInAsync(login);
        Assert.Equal((code, login, sender), ((await SendAsAsync(session, sender))[..3], login, sender));
    });

    /// <exception cref="InvalidOperationException">The sign-in was refused; the message is the server's answer.</exception>
    private async Task<LineSession> SignInAsync(string login)
    {
        var session = await LineSession.OpenAsync(Sandbox.Ports.Smtps, tls: true);
        await session.SendAsync("EHLO client.example.net");
        var answer = await session.SendAsync(
            "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{login}\0{OwnExample.Password}")));
        if (answer.StartsWith("235", StringComparison.Ordinal)) return session;
        session.Dispose();
        throw new InvalidOperationException(answer);
    }

    private static async Task<string> SendAsAsync(LineSession session, string sender, bool keep = false)
    {
        var answer = await session.SendAsync($"MAIL FROM:<{sender}>");
        if (answer[0] == '2') answer = await session.SendAsync("RCPT TO:<friend@example.org>");
        if (!keep || answer[0] != '2') await session.SendAsync("RSET");
        return answer;
    }
}
