using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Sending;

/// <summary>A user is signed in on port 465 while the panel takes away the right to send. No more messages go out.</summary>
public sealed class HeldSessionTests(OwnExampleWithLoginService own) : IClassFixture<OwnExampleWithLoginService>
{
    private const string Refused = "550 5.7.1";
    private const string Other = "Negen4Paarden!";

    private MailSandbox Sandbox => own.Sandbox;

    [Theory]
    [InlineData("suspendu", "/state", "main form:not([role=search])", "Mail", "hold")]
    [InlineData("supprime", "/delete", "#delete", null, null)]
    [InlineData("purge", "/delete", "#for-good", null, null)]
    [InlineData("muet", "/services", "main form:not([role=search])", "Smtp", null)]
    public async Task The_next_message_is_refused_whoever_it_says_that_it_is_from(
        string name, string page, string form, string? field, string? value)
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, name);
        using var byName = await HeldSession.SignInAsync(Sandbox, username.ToUpperInvariant(), OwnExample.Password);
        using var byAddress = await HeldSession.SignInAsync(Sandbox, $"{name}@exemple.be", OwnExample.Password);
        Assert.StartsWith("250", await byName.SendAsync($"{name}@exemple.be"));
        Assert.StartsWith("250", await byAddress.SendAsync($"{name}@exemple.be"));

        await panel.SubmitAsync(path + page, form, field is null ? [] : [(field, value)]);

        // The refusal comes from the map of senders, the map of accounts that may not send, or the policy service, whichever has the change
        // first.
        foreach (var sender in (string[])[$"{name}@exemple.be", "", "pascal@exemple.be", "president@example.org"])
        {
            Assert.Matches("^55[03] 5.7.1", await byName.SendAsync(sender));
            Assert.Matches("^55[03] 5.7.1", await byAddress.SendAsync(sender));
        }
    }

    [Fact]
    public async Task A_new_password_ends_the_session_and_the_new_one_sends_at_once()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "neuf");
        using var held = await HeldSession.SignInAsync(Sandbox, username, OwnExample.Password);
        using var silent = await HeldSession.SignInAsync(Sandbox, "neuf@exemple.be", OwnExample.Password);
        Assert.StartsWith("250", await held.SendAsync("neuf@exemple.be"));

        await panel.SubmitAsync(path + "/password", ("Password", Other), ("Confirmation", Other));

        Assert.StartsWith("421 4.7.0", await held.SendAsync("neuf@exemple.be"));
        await held.EndsAsync();
        for (var n = 0; n < 3; n++)
        {
            using var again = await HeldSession.SignInAsync(Sandbox, username, Other);
            Assert.StartsWith("250", await again.SendAsync("neuf@exemple.be"));
        }
        // The policy service was not asked about this session before, so the session still belongs to the former password.
        Assert.StartsWith("421 4.7.0", await silent.SendAsync("neuf@exemple.be"));
    }

    [Fact]
    public async Task Who_is_resumed_and_who_may_send_again_goes_on_in_the_same_session()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "revient");
        using var held = await HeldSession.SignInAsync(Sandbox, username, OwnExample.Password);
        await panel.SubmitAsync(path + "/services", ("Smtp", null));
        Assert.StartsWith(Refused, await held.SendAsync("revient@exemple.be"));

        await panel.SubmitAsync(path + "/services", ("Smtp", "true"));

        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await held.SendAsync("revient@exemple.be")));
    }

    [Fact]
    public async Task A_suspended_domain_sends_nothing_more()
    {
        using var held = await HeldSession.SignInAsync(
            Sandbox, "voisin0001", Sandbox.Accounts.Single(a => a.Username == "voisin0001").Password);
        Assert.StartsWith("250", await held.SendAsync("lea@voisin.example"));
        using var panel = await PanelClient.SignInAsync(Sandbox);

        await SetDomainAsync(panel, "Suspended");

        Assert.StartsWith(Refused, await held.SendAsync("lea@voisin.example"));
        await SetDomainAsync(panel, "Active");
        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await held.SendAsync("lea@voisin.example")));
    }

    [Fact]
    public async Task Nobody_who_signed_in_is_the_null_sender()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (_, username) = await CreateAsync(panel, "nul");
        using var session = await HeldSession.SignInAsync(Sandbox, username, OwnExample.Password);

        Assert.Equal(
            "550 5.7.1 <>: Sender address rejected: Users send as one of their addresses, not as the null sender",
            await session.SendAsync(""));
        Assert.StartsWith("250", await session.SendAsync("nul@exemple.be"));
    }

    [Fact]
    public async Task While_the_policy_service_is_away_mail_goes_on_and_the_rights_of_the_maps_hold()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "absent");
        using var held = await HeldSession.SignInAsync(Sandbox, username, OwnExample.Password);
        using var other = await HeldSession.SignInAsync(Sandbox, "absent@exemple.be", OwnExample.Password);
        await Sandbox.Logins!.KillAsync();
        try
        {
            Assert.StartsWith("250", await held.SendAsync("absent@exemple.be"));
            Assert.StartsWith("553", await held.SendAsync("pascal@exemple.be"));

            await panel.SubmitAsync(path + "/state", ("Mail", "hold"));

            foreach (var session in (HeldSession[])[held, other])
                await Eventually.HoldsAsync(async () => Assert.StartsWith(Refused, await session.SendAsync("absent@exemple.be")));
        }
        finally
        {
            await Sandbox.Logins!.StartAsync();
        }
        await panel.SubmitAsync(path + "/state", "#resume");
        // For a session that is older than the service, the service does not know the password with which it began. This account's password
        // was set today.
        Assert.StartsWith("421 4.7.0", await held.SendAsync("absent@exemple.be"));
        using var again = await HeldSession.SignInAsync(Sandbox, username, OwnExample.Password);
        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await again.SendAsync("absent@exemple.be")));
    }

    [Fact]
    public async Task Over_a_limit_mail_waits_everybody_is_told_and_it_goes_on_when_a_superuser_says_so()
    {
        const string limited = "450 4.7.1";
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "limite", "voisin.example");
        await panel.SubmitAsync(
            path + "/sending", "#limits", ("MessagesPerHour", "3"), ("RecipientsPerHour", "5"), ("MessagesPerDay", "0"),
            ("RecipientsPerDay", "0"));
        using var session = await HeldSession.SignInAsync(Sandbox, username, OwnExample.Password);
        for (var n = 0; n < 2; n++) Assert.StartsWith("250", await session.SendAsync("limite@voisin.example"));

        Assert.Contains("5 recipients an hour", await session.SendAsync("limite@voisin.example", recipients: 4));
        Assert.StartsWith("250", await session.SendAsync("limite@voisin.example", recipients: 3));
        Assert.Contains("3 messages an hour", await session.SendAsync("limite@voisin.example"));

        await Eventually.HoldsAsync(async () => Assert.Contains("A sending limit has been reached", (await panel.GetAsync(path)).Text));
        Assert.Contains(username, (await panel.GetAsync("/provisioning")).Document.QuerySelector("#stopped")!.TextContent);
        // The counts are still known after a restart. Once the limit is reached, nothing is written for each further attempt.
        await Sandbox.Logins!.StopAsync();
        await Sandbox.Logins!.StartAsync();
        using var again = await HeldSession.SignInAsync(Sandbox, "limite@voisin.example", OwnExample.Password);
        for (var n = 0; n < 5; n++) Assert.StartsWith(limited, await again.SendAsync("limite@voisin.example"));

        await panel.SubmitAsync(path + "/sending", "#lift");

        Assert.StartsWith("250", await again.SendAsync("limite@voisin.example"));
        Assert.DoesNotContain("A sending limit has been reached", (await panel.GetAsync(path)).Text);
    }

    // A suspension is shown as a preview before it is carried out.
    private static async Task SetDomainAsync(PanelClient panel, string state)
    {
        var page = await panel.SubmitAsync("/domains/voisin.example/settings", ("State", state));
        if (page.Document.QuerySelector("input[name=Stamp]") is not null) await panel.SubmitAsync(page, "main form:not([role=search])");
    }

    private async Task<(string Path, string Username)> CreateAsync(PanelClient panel, string localPart, string domain = "exemple.be")
    {
        var page = await panel.CreateAccountAsync(domain, localPart, OwnExample.Password);
        await Eventually.HoldsAsync(
            async () => Assert.Empty(await new MailUser(Sandbox, page.Username, OwnExample.Password).SubjectsAsync()));
        return (page.Path, page.Username);
    }
}
