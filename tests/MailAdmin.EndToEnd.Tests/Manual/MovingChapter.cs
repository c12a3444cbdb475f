using MailAdmin.EndToEnd.Tests.Routing;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Routings;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>A domain comes from another server (manual, chapter 5).</summary>
[Chapter(8)]
[Trait("Lane", "browser")]
public sealed class MovingChapter(Readers readers) : Chapter(readers)
{
    private const string Shown = "smtp:[mail.example.org]:25";

    [Theory, Figure("moving")]
    public Task A_domain_is_prepared_while_its_mail_still_goes_to_the_old_server(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        var old = reader.StartOldServer("anne@nouveau.example");
        await reader.SignInAsync(Reader.Superuser);
        await reader.OpenAsync("/domains/new");
        await panel.FillAsync(DomainTexts.Name, "nouveau.example");
        await panel.FillAsync(DomainTexts.Prefix, "nouveau");
        await panel.FillAsync(RoutingTexts.NextHopNew, old.NextHop);
        await panel.PressAsync(DomainTexts.Create);
        await panel.SeesAsync(DomainTexts.FormatCreated("nouveau.example"));
        await reader.OpenAsync("/domains/nouveau.example/accounts/new");
        await panel.FillAsync(AccountTexts.Address, "anne");
        await panel.FillAsync(SharedTexts.Password, Reader.Password);
        await panel.FillAsync(SharedTexts.Confirmation, Reader.Password);
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(AccountTexts.FormatCreated("anne@nouveau.example", "nouveau0001"));
        await panel.FollowAsync(RoutingTexts.Routing);
        await panel.SeesAsync(RoutingTexts.DeliverHere);
        await reader.PictureAsync(old.NextHop, Shown);
        await Eventually.HoldsAsync(
            () => MailUser.SendFromOutsideAsync(reader.Sandbox, "anne@nouveau.example", "Encore ailleurs"), TimeSpan.FromSeconds(30));
        await Eventually.HoldsAsync(() => Assert.Contains("Encore ailleurs", old.SubjectsOf("anne@nouveau.example")));
    });

    [Theory, Figure("moving-switch")]
    public Task One_step_switches_the_domain_to_this_server(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        var old = reader.OldServer!;
        await panel.Page.Locator("main").GetByText(RoutingTexts.Continue).First.ClickAsync();
        await panel.SeesAsync(RoutingTexts.WhatHappens);
        await reader.PictureAsync(old.NextHop, Shown);
        await panel.PressAsync(RoutingTexts.ConfirmHere);
        await panel.SeesAsync(RoutingTexts.FormatTitle("nouveau.example"));
        await Eventually.HoldsAsync(async () =>
        {
            await reader.OpenAsync("/domains/nouveau.example/routing");
            Assert.Contains(RoutingTexts.GoesHere, await panel.ReadAsync());
        }, TimeSpan.FromSeconds(60));
        await reader.ReceivesAsync("anne@nouveau.example", "nouveau0001");
    });
}
