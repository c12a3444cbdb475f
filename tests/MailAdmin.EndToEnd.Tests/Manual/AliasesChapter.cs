using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Web.Features.Aliases;
using MailAdmin.Web.Features.Shared;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>Aliases, redirects without a mailbox, mini-lists (manual, chapter 2, fig. 5 to 10).</summary>
[Chapter(4)]
[Trait("Lane", "browser")]
public sealed class AliasesChapter(Readers readers) : Chapter(readers)
{
    [Theory, Figure("aliases-none")]
    public Task A_new_domain_has_no_alias(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains");
        await panel.Page.Locator("tr", new() { HasText = "exemple.be" }).GetByText(SharedTexts.Aliases).First.ClickAsync();
        await panel.SeesAsync(AliasTexts.None);
        await reader.PictureAsync();
    });

    [Theory, Figure("alias-new")]
    public Task An_alias_is_made(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.FollowAsync(AliasTexts.Add);
        await panel.FillAsync(AliasTexts.Address, "gugus");
        await reader.PictureAsync();
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(AliasTexts.FormatCreated("gugus@exemple.be"));
    });

    [Theory, Figure("alias-no-destination")]
    public Task Without_a_destination_its_mail_is_refused(string language) => TellAsync(language, async reader =>
    {
        await reader.Panel.SeesAsync(AliasTexts.NoDestinationYet);
        await reader.PictureAsync();
        await reader.HearsAsync("gugus@exemple.be", "550");
    });

    [Theory, Figure("alias")]
    public Task With_the_username_as_its_destination_its_mail_arrives(string language) => TellAsync(language, async reader =>
    {
        await AddDestinationsAsync(reader.Panel, "exemple0001");
        await reader.Panel.SeesAsync("exemple0001");
        await reader.PictureAsync();
        await reader.ReceivesAsync("gugus@exemple.be", "exemple0001");
    });

    [Theory, Figure("aliases")]
    public Task An_alias_with_a_destination_elsewhere_is_a_redirect_without_a_mailbox(string language) =>
        TellAsync(language, async reader =>
    {
        await CreateAsync(reader, "redirection", "support@example.org");
        await reader.Panel.FollowAsync(SharedTexts.Aliases);
        await reader.Panel.SeesAsync(AliasTexts.FormatTotal(2));
        await reader.PictureAsync();
        await reader.PassesOnAsync("redirection@exemple.be", "support@example.org");
    });

    [Theory, Figure("aliases-list")]
    public Task An_alias_with_several_destinations_is_a_small_mailing_list(string language) => TellAsync(language, async reader =>
    {
        await CreateAsync(reader, "any", "exemple0001\nsupport@example.org\npascal@exemple.be");
        await reader.Panel.FollowAsync(SharedTexts.Aliases);
        await reader.Panel.SeesAsync("exemple0001, support@example.org, pascal@exemple.be");
        await reader.PictureAsync();
        await reader.ReceivesAsync("any@exemple.be", "exemple0001", "exemple0002");
        await reader.PassesOnAsync("any@exemple.be", "support@example.org");
    });

    [Theory, Figure("alias-refused")]
    public Task A_circle_is_refused_and_shown(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await CreateAsync(reader, "tous", "any@exemple.be");
        await panel.FollowAsync(SharedTexts.Aliases);
        await panel.Page.GetByRole(AriaRole.Link, new() { Name = "any@exemple.be", Exact = true }).First.ClickAsync();
        await AddDestinationsAsync(panel, "tous@exemple.be");
        await panel.SeesAsync("any@exemple.be → tous@exemple.be → any@exemple.be");
        await reader.PictureAsync();
    });

    private static async Task CreateAsync(Reader reader, string address, string destinations)
    {
        var panel = reader.Panel;
        await reader.OpenAsync("/domains/exemple.be/aliases");
        await panel.FollowAsync(AliasTexts.Add);
        await panel.FillAsync(AliasTexts.Address, address);
        await panel.FillAsync(AliasTexts.Destinations, destinations);
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(AliasTexts.FormatCreated($"{address}@exemple.be"));
    }

    private static async Task AddDestinationsAsync(PanelBrowser panel, string destinations)
    {
        await panel.FillAsync(AliasTexts.AddressesOrUsernames, destinations);
        await panel.PressAsync(SharedTexts.Send);
    }
}
