using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Sending;

/// <summary>The From: header of mail that users send, tested with the real Postfix on both ports on which users sign in.</summary>
public sealed class SenderHeaderTests(OwnExampleWithLoginService own) : IClassFixture<OwnExampleWithLoginService>
{
    private const string Me = "gugus.dupont@exemple.be";
    private const string Refused = "550 5.7.1";

    private MailSandbox Sandbox => own.Sandbox;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task From_is_an_address_that_the_account_may_send_from(bool startTls)
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var alias = startTls ? "alias-587" : "alias-465";
        await panel.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", alias), ("Destinations", Me));
        using var session = await SignInAsync(startTls);

        foreach (var from in (string[])
            [Me, "Gugus Dupont <GUGUS.dupont@Exemple.be>", "gugus.dupont+liste@exemple.be", $"{alias}@exemple.be",
                $"Nous: {Me}, {alias}@exemple.be;",
            $"=?utf-8?q?president=40example=2Eorg?= <{Me}>", $"Gugus\r\n <{Me}>"])
            Assert.StartsWith("250", await session.SendAsync(Me, [$"From: {from}", "Subject: permis"]));

        foreach (var from in (string[])
            ["president@example.org", "pascal@exemple.be", $"{Me}, pascal@exemple.be", $"{Me}\r\nFrom: pascal@exemple.be",
                $"{Me}\r\nSender: pascal@exemple.be",
            $"Nous: {Me}, pascal@exemple.be;", $"=?utf-8?q?gugus=2Edupont=40exemple=2Ebe?= <pascal@exemple.be>",
            $"Moi\r\n <pascal@exemple.be>", $"{Me} <pascal@exemple.be>", "Personne:;"])
            Assert.StartsWith(Refused, await session.SendAsync(Me, ["Subject: interdit", $"From: {from}"]));

        await Eventually.HoldsAsync(() => Assert.True(Sandbox.Outside.Messages().Count(m => m.Message.Subject == "permis") >= 7));
        Assert.DoesNotContain(Sandbox.Outside.Messages(), m => m.Message.Subject == "interdit");
    }

    [Fact]
    public async Task The_refusal_names_the_address_and_says_what_to_do_and_the_session_goes_on()
    {
        using var session = await SignInAsync();

        Assert.Equal(
            "550 5.7.1 From: pascal@exemple.be is not an address of this account, please send from one of its own or have your mail hoster add it",
            await session.SendAsync(Me, ["From: Pascal <pascal@exemple.be>"]));
        Assert.StartsWith("250", await session.SendAsync(Me));
    }

    [Fact]
    public async Task Who_signs_in_with_an_address_is_held_to_the_same()
    {
        using var session = await SignInAsync(login: "Gugus.Dupont@exemple.be");

        Assert.StartsWith("250", await session.SendAsync(Me, [$"From: {Me}"]));
        Assert.StartsWith(Refused, await session.SendAsync(Me, ["From: pascal@exemple.be"]));
    }

    [Fact]
    public async Task Without_From_a_message_has_its_envelope_sender()
    {
        using var session = await SignInAsync();

        Assert.StartsWith("250", await session.SendAsync(Me, ["Subject: sans expediteur"]));

        await Eventually.HoldsAsync(() => Assert.Equal(
            Me, Assert.Single(
                Sandbox.Outside.Messages(), m => m.Message.Subject == "sans expediteur").Message.From.Mailboxes.Single().Address));
    }

    [Fact]
    public async Task The_hoster_chooses_and_it_holds_at_once_and_is_recorded()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        using var session = await SignInAsync();
        Assert.StartsWith(Refused, await session.SendAsync(Me, ["From: pascal@exemple.be"]));

        await panel.SubmitAsync("/hoster", "form[action='/hoster']", ("AnyFrom", "True"));
        try
        {
            Assert.StartsWith("250", await session.SendAsync(Me, ["From: pascal@exemple.be"]));
            Assert.StartsWith("553", await session.SendAsync("pascal@exemple.be"));
            Assert.Contains("May be any address", (await panel.GetAsync("/audit")).Text);
        }
        finally
        {
            await panel.SubmitAsync("/hoster", "form[action='/hoster']", ("AnyFrom", "False"));
        }
        Assert.StartsWith(Refused, await session.SendAsync(Me, ["From: pascal@exemple.be"]));
    }

    [Fact]
    public async Task While_the_panel_is_away_mail_goes_on_and_when_it_is_back_it_looks_again()
    {
        using var held = await SignInAsync();
        await Sandbox.Logins!.KillAsync();
        try
        {
            Assert.StartsWith("250", await held.SendAsync(Me, ["From: pascal@exemple.be"]));
        }
        finally
        {
            await Sandbox.Logins!.StartAsync();
        }
        // The milter listens a moment later than the login socket, and Postfix checks at the beginning of a connection whether it is there.
        await Eventually.HoldsAsync(async () =>
        {
            using var again = await SignInAsync();
            Assert.StartsWith(Refused, await again.SendAsync(Me, ["From: pascal@exemple.be"]));
        });
    }

    private Task<HeldSession> SignInAsync(bool startTls = false, string login = "exemple0001") =>
        HeldSession.SignInAsync(Sandbox, login, Sandbox.Accounts.Single(a => a.Username == "exemple0001").Password, startTls);
}
