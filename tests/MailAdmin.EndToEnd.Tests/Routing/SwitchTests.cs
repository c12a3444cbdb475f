using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Testing.Hosts;

namespace MailAdmin.EndToEnd.Tests.Routing;

/// <summary>A domain comes from an old server and goes back to it (manual, chapter 5) while its mail flows.</summary>
public sealed class SwitchTests(OwnExample own) : IClassFixture<OwnExample>
{
    private MailSandbox Sandbox => own.Sandbox;

    [Fact]
    public async Task A_relayed_domain_takes_whom_the_old_server_knows_and_refuses_everybody_else_at_the_door()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await using var old = new OldServer("gugus@porte.example", "gugus@porte.test").Start();
        var host = await SwitchHost.CreateAsync(Sandbox, panel, "porte.example", old.NextHop, "pascal");
        await panel.SubmitAsync("/domains/porte.example/names", ("Name", "porte.test"));

        // A probe takes a moment, and senders may be asked to wait for it.
        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await host.AnswerAsync("gugus")));
        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "gugus@porte.test")));
        await Eventually.HoldsAsync(async () => Assert.StartsWith("550", await host.AnswerAsync("personne")));
        // The account is prepared here, but its address does not exist for the outside yet.
        await Eventually.HoldsAsync(async () => Assert.StartsWith("550", await host.AnswerAsync("pascal")));
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("550", await MailUser.RecipientAnswerAsync(Sandbox, "personne@porte.test")));
        Assert.StartsWith("554", await MailUser.RecipientAnswerAsync(Sandbox, "gugus@sous.porte.example"));
        Assert.StartsWith("554", await MailUser.RecipientAnswerAsync(Sandbox, "gugus@autre.example"));
        await MailUser.SendFromOutsideAsync(Sandbox, "gugus@porte.example", "chez l'ancien");
        await Eventually.HoldsAsync(() => Assert.Equal(["chez l'ancien"], old.SubjectsOf("gugus@porte.example")));

        old.Stop();
        await Eventually.HoldsAsync(async () => Assert.StartsWith("450", await host.AnswerAsync("encore.inconnu")));
        Assert.StartsWith("250", await host.AnswerAsync("gugus"));
    }

    [Fact]
    public async Task The_page_of_the_steps_leads_to_the_switch_and_to_the_way_back()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await using var old = new OldServer("gugus@pas.example").Start();
        var host = await SwitchHost.CreateAsync(Sandbox, panel, "pas.example", old.NextHop, "gugus");
        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await host.AnswerAsync("gugus")));
        await MailUser.SendFromOutsideAsync(Sandbox, "gugus@pas.example", "avant");
        await Eventually.HoldsAsync(() => Assert.Equal(["avant"], old.SubjectsOf("gugus@pas.example")));

        await panel.SubmitAsync(await FollowAsync("main a.btn.main"));
        await host.CompletedAsync("Delivered here");
        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await host.AnswerAsync("gugus")));
        await MailUser.SendFromOutsideAsync(Sandbox, "gugus@pas.example", "ici");
        await Eventually.HoldsAsync(async () => Assert.Equal(["ici"], await host.InboxAsync("gugus")));

        await panel.SubmitAsync(await FollowAsync("main a.btn[href*='NextHop=']"));
        await host.CompletedAsync("Handed on");
        await MailUser.SendFromOutsideAsync(Sandbox, "gugus@pas.example", "de retour");
        await Eventually.HoldsAsync(() => Assert.Equal(["avant", "de retour"], old.SubjectsOf("gugus@pas.example")));

        async Task<string> FollowAsync(string link) =>
            (await panel.GetAsync("/domains/pas.example/switch")).Document.QuerySelector(link)!.GetAttribute("href")!;
    }

    [Fact]
    public async Task While_mail_flows_a_switch_to_here_refuses_bounces_and_loses_nothing_and_what_waited_comes_along()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await using var old = new OldServer("gugus@flux.example", "info@flux.example", "gugus@flux.test").Start();
        var host = await SwitchHost.CreateAsync(Sandbox, panel, "flux.example", old.NextHop, "gugus");
        await panel.SubmitAsync("/domains/flux.example/names", ("Name", "flux.test"));
        await panel.SubmitAsync("/domains/flux.example/aliases/new", ("Address", "info"), ("Destinations", "gugus@flux.example"));
        string[] recipients = ["gugus@flux.example", "info@flux.example", "gugus@flux.test"];
        foreach (var recipient in recipients)
            await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, recipient)));
        await using var fresh = new MailFlow(Sandbox, "neuf@flux-sender.example", isHeld: false, recipients);
        await using var held = new MailFlow(Sandbox, "tenu@flux-sender.example", isHeld: true, recipients);
        await fresh.TakenAsync(10);
        old.Stop();
        await Eventually.HoldsAsync(async () => Assert.True((await host.WaitingAsync()).Count > 5));

        await host.SwitchHereAsync();
        await host.CompletedAsync("Delivered here");
        await fresh.TakenAsync(10);

        var taken = (await fresh.StopAsync()).Concat(await held.StopAsync()).ToList();
        Assert.Empty(fresh.Refused.Concat(held.Refused));
        await Eventually.HoldsAsync(async () => Assert.Empty(await host.WaitingAsync()), TimeSpan.FromSeconds(60));
        Assert.Empty(fresh.Bounces().Concat(held.Bounces()));
        await MailFlow.ArrivedAsync(taken, async () => recipients.SelectMany(old.SubjectsOf).Concat(await host.InboxAsync("gugus")));
        Assert.Empty(fresh.Bounces().Concat(held.Bounces()));
        Assert.StartsWith("250", await host.AnswerAsync("gugus+mot"));
        await Eventually.HoldsAsync(async () => Assert.StartsWith("550 5.1.1", await host.AnswerAsync("personne")));
    }

    [Fact]
    public async Task While_mail_flows_a_switch_back_to_an_old_server_that_speaks_LMTP_refuses_bounces_and_loses_nothing()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await using var old = new OldServer("gugus@retour.example", "info@retour.example") { Protocol = "lmtp" }.Start();
        var host = await SwitchHost.CreateAsync(Sandbox, panel, "retour.example", "", "gugus");
        await panel.SubmitAsync("/domains/retour.example/aliases/new", ("Address", "info"), ("Destinations", "gugus@retour.example"));
        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await host.AnswerAsync("info")));
        await using var fresh = new MailFlow(
            Sandbox, "neuf@retour-sender.example", isHeld: false, "gugus@retour.example", "info@retour.example");
        await using var held = new MailFlow(
            Sandbox, "tenu@retour-sender.example", isHeld: true, "gugus@retour.example", "info@retour.example");
        await held.TakenAsync(4);

        await host.SwitchToAsync(old);
        await held.TakenAsync(10);
        // The smtpd of the held connection remembers where the domain was until the connection ends. The addresses stay for other
        // connections like it.
        var taken = (await held.StopAsync()).ToList();
        await host.CompletedAsync("Handed on");
        await Eventually.HoldsAsync(async () => Assert.Equal("", await Maps.LookUpAsync(Sandbox, "virtual", "gugus@retour.example")));
        await fresh.TakenAsync(6);

        taken.AddRange(await fresh.StopAsync());
        Assert.Empty(fresh.Refused.Concat(held.Refused));
        await MailFlow.ArrivedAsync(taken, async () =>
            old.SubjectsOf("gugus@retour.example").Concat(old.SubjectsOf("info@retour.example")).Concat(await host.InboxAsync("gugus")));
        Assert.NotEmpty(old.SubjectsOf("gugus@retour.example"));
        Assert.Empty(fresh.Bounces().Concat(held.Bounces()));
    }

    [Fact]
    public async Task A_message_that_is_being_received_when_the_switch_begins_arrives_and_does_not_bounce()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await using var old = new OldServer("gugus@lent.example").Start();
        var host = await SwitchHost.CreateAsync(Sandbox, panel, "lent.example", old.NextHop, "gugus");
        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await host.AnswerAsync("gugus")));
        old.Stop();
        using var slow = await LineSession.OpenAsync(Sandbox.Ports.Smtp);
        await slow.SendAsync("EHLO outside.example.net");
        await slow.SendAsync("MAIL FROM:<lent@lent-sender.example>");
        await slow.SendAsync("RCPT TO:<gugus@lent.example>");
        Assert.StartsWith("354", await slow.SendAsync("DATA"));

        await host.SwitchHereAsync();
        await host.AddressIsHereAsync("gugus");
        await MailUser.SendFromOutsideAsync(Sandbox, "gugus@lent.example", "après");
        await Eventually.HoldsAsync(async () => Assert.Equal(["après"], await host.InboxAsync("gugus")));
        Assert.StartsWith("250", await slow.SendAsync("Subject: pendant\r\n\r\nBonjour\r\n."));

        await host.CompletedAsync("Delivered here");
        await Eventually.HoldsAsync(
            async () =>
            Assert.Equal(["après", "pendant"], (await host.InboxAsync("gugus")).Order(StringComparer.Ordinal)), TimeSpan.FromSeconds(60));
        Assert.DoesNotContain(Sandbox.Outside.Messages(), m => m.Recipients.Contains("lent@lent-sender.example"));
    }

    [Theory]
    [InlineData("tue.example", false)]
    [InlineData("tuee.example", true)]
    public async Task A_panel_killed_in_the_middle_of_a_switch_completes_it_after_its_restart(string domain, bool whenAddressesAreHere)
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await using var old = new OldServer($"gugus@{domain}").Start();
        var host = await SwitchHost.CreateAsync(Sandbox, panel, domain, old.NextHop, "gugus");
        await Eventually.HoldsAsync(async () => Assert.StartsWith("250", await host.AnswerAsync("gugus")));
        old.Stop();
        foreach (var subject in (string[])["un", "deux"]) await MailUser.SendFromOutsideAsync(Sandbox, $"gugus@{domain}", subject);
        await Eventually.HoldsAsync(async () => Assert.Equal(2, (await host.WaitingAsync()).Count));

        await host.SwitchHereAsync();
        if (whenAddressesAreHere) await host.AddressIsHereAsync("gugus");
        await Sandbox.Panel.KillAsync();
        await Sandbox.Panel.StartAsync();

        using var after = await PanelClient.SignInAsync(Sandbox);
        await new SwitchHost(Sandbox, after, domain).CompletedAsync("Delivered here");
        await Eventually.HoldsAsync(
            async () =>
            Assert.Equal(["deux", "un"], (await host.InboxAsync("gugus")).Order(StringComparer.Ordinal)), TimeSpan.FromSeconds(60));
        Assert.DoesNotContain(
            Sandbox.Outside.Messages(), m =>
            m.Sender.Length == 0 && m.Message.TextBody?.Contains(domain, StringComparison.Ordinal) == true);
    }
}
