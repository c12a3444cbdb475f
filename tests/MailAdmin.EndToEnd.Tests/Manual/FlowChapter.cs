using MailAdmin.Web.Features.DomainNames;
using MailAdmin.Web.Features.Search;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Features.Trace;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>Other names of the domain (manual, chapter 4), where mail goes, and the search.</summary>
[Chapter(7)]
[Trait("Lane", "browser")]
public sealed class FlowChapter(Readers readers) : Chapter(readers)
{
    [Theory, Figure("domain-names")]
    public Task Each_address_works_on_each_name_of_the_domain(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.SignInAsync(Reader.Superuser);
        await reader.OpenAsync("/domains/exemple.be/names");
        foreach (var name in (string[])["exemple.com", "exemple.org"])
        {
            await panel.FillAsync(DomainNameTexts.Name, name);
            await panel.PressAsync(SharedTexts.Send);
            await panel.SeesAsync(DomainNameTexts.FormatAdded_one(name, "exemple.be"));
        }
        await reader.SignInAsync(Reader.DomainAdmin);
        await reader.OpenAsync("/domains/exemple.be");
        await panel.FollowAsync(SharedTexts.DomainNames);
        await panel.SeesAsync("exemple.com");
        await reader.PictureAsync();
        await reader.ReceivesAsync("gugus@exemple.com", "exemple0001");
        await reader.ReceivesAsync("gugus.dupont@exemple.org", "exemple0001");
    });

    [Theory, Figure("trace")]
    public Task The_panel_tells_where_mail_for_an_address_goes(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.FollowAsync(SharedTexts.Trace);
        await panel.FillAsync(TraceTexts.Address, "any@exemple.be");
        await panel.PressAsync(TraceTexts.Follow);
        await panel.SeesAsync(TraceTexts.FormatDelivered_other("any@exemple.be", 3));
        await reader.PictureAsync();
    });

    [Theory, Figure("search")]
    public Task Everything_is_found_by_a_part_of_its_name(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.Page.Keyboard.PressAsync("Escape");
        await panel.Page.GetByRole(AriaRole.Searchbox, new() { Name = SearchTexts.BoxLabel }).FillAsync("gugus");
        await panel.Page.Keyboard.PressAsync("Enter");
        await panel.SeesAsync("gugus.dupont@exemple.be");
        await panel.SeesAsync("gugus@exemple.be");
        await reader.PictureAsync();
    });
}
