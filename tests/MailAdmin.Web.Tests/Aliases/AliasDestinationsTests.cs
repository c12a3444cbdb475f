using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Aliases;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Aliases;

/// <summary>Destinations that are added, refused and removed.</summary>
public sealed class AliasDestinationsTests : AliasTest
{
    [Fact] // C018
    public async Task Removing_one_destination_leaves_the_others()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "any", "exemple0001, support@example.org; compta@exemple.be");
        const string remove = ".rows li:nth-child(2) form";

        var after = await browser.SubmitAsync(page, remove);

        Assert.Equal(["exemple0001", "compta@exemple.be"], Destinations(after));
        // The second click of a double click.
        Assert.Equal(["exemple0001", "compta@exemple.be"], Destinations(await browser.SubmitAsync(page, remove)));
    }

    [Fact] // C162
    public async Task Adding_a_destination_twice_by_a_double_click_adds_it_once_and_the_page_may_be_loaded_again()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "any", "");

        var first = await AddAsync(browser, page, "exemple0001");
        var second = await AddAsync(browser, page, "exemple0001");

        Assert.Equal(System.Net.HttpStatusCode.OK, second.Status);
        Assert.Equal(["exemple0001"], Destinations(second));
        // The form is posted and then redirected, so loading again gets the page and does not send the form again.
        Assert.Equal(["exemple0001"], Destinations(await browser.GetAsync(first.Path)));
        Assert.Empty((await browser.GetAsync(first.Path)).Notice);
    }

    [Theory]
    [InlineData("exemple0001", nameof(ProblemTexts.DestinationDuplicate))] // C022
    [InlineData("EXEMPLE0001", nameof(ProblemTexts.DestinationDuplicate))]
    [InlineData("gugus.dupont@exemple.be", nameof(ProblemTexts.DestinationSameMailbox))]
    [InlineData("exemple0099", nameof(ProblemTexts.DestinationUnknownName))] // C024
    [InlineData("voisin0001", nameof(ProblemTexts.DestinationUnknownName))]
    [InlineData("root", nameof(ProblemTexts.DestinationUnknownName))]
    [InlineData("/dev/null", nameof(ProblemTexts.DestinationUnknownName))] // C026
    [InlineData("|sh -c id", nameof(ProblemTexts.DestinationMalformed))]
    [InlineData(":include:/x", nameof(ProblemTexts.DestinationUnknownName))]
    [InlineData("devnull@localhost", nameof(ProblemTexts.DestinationMalformed))]
    [InlineData("\"|id\"@exemple.be", nameof(ProblemTexts.DestinationMalformed))]
    [InlineData("niemand@exemple.be", nameof(ProblemTexts.DestinationUnknownAddress))]
    [InlineData("any@exemple.be", nameof(ProblemTexts.DestinationItself))]
    public async Task A_wrong_destination_is_refused_and_nothing_is_kept(string destination, string problem)
    {
        await StartAsync();
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, _domain);
        var browser = await _panel.SignInAsync("luc");
        var page = await CreateAsync(browser, "any", "exemple0001");

        var after = await AddAsync(browser, page, "good@example.org\n" + destination);

        Said.In(Said.Problem(problem), after.ErrorAt("Destinations"));
        Assert.Contains(destination, after.Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["exemple0001"], Destinations(after));
        Assert.Equal(["exemple0001"], Destinations(await browser.GetAsync(page.Path)));
    }

    [Fact] // C028
    public async Task Outside_addresses_of_every_kind_are_taken_unchanged()
    {
        var browser = await StartAsync();
        string[] destinations = ["asso@example.brussels", "o'neil@example.org", "jean+liste@example.org", "a_b@sub.example.museum"];

        Assert.Equal(destinations, Destinations(await CreateAsync(browser, "any", string.Join('\n', destinations))));
    }

    [Fact]
    public async Task Several_destinations_are_removed_at_once_and_only_those_of_this_alias()
    {
        var browser = await StartAsync();
        var other = await CreateAsync(browser, "autre", "z@example.org");
        var page = await CreateAsync(browser, "liste", string.Join(' ', Enumerable.Range(1, 12).Select(n => $"m{n}@example.org")));
        var boxes = page.Document.QuerySelectorAll("input[type=checkbox][form=remove]").Select(b => b.GetAttribute("value")!).ToList();
        var foreign = other.Document.QuerySelector(".rows input[name=destination]")!.GetAttribute("value")!;

        var asked = await ChooseAsync(browser, page, [boxes[0], boxes[2], foreign]);
        Assert.Equal(["m1@example.org", "m3@example.org"], asked.Document.QuerySelectorAll(".losing li").Select(l => l.TextContent));
        Assert.Contains("m2@example.org,m4@example.org", asked.Document.QuerySelector(".effects")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(10, Destinations(await browser.GetAsync(page.Path)).Count);
        var after = await SendAsync(browser, asked.Document.QuerySelector("main form")!, []);

        Assert.Equal(["m2@example.org", "m4@example.org"], Destinations(after).Take(2));
        Assert.Equal(10, Destinations(after).Count);
        Assert.Equal(["z@example.org"], Destinations(await browser.GetAsync(other.Path)));
        Said.In(AliasTexts.NoneChosen, (await ChooseAsync(browser, after, [])).Notice);
    }

    [Fact]
    public async Task The_last_destination_goes_after_a_page_that_says_what_that_means_and_is_shown_again_when_it_would_mean_more()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "seul", "exemple0001");
        var asked = await browser.SubmitAsync(page, ".rows form");
        Said.In(AliasTexts.NoneRemains, asked.Text);
        await CreateAsync(browser, "autre", "seul@exemple.be");

        asked = await browser.SubmitAsync(asked, "main form");

        Assert.Contains("entre-temps", asked.Problems, StringComparison.Ordinal);
        Assert.Contains("autre@exemple.be", asked.Document.QuerySelector(".effects")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["exemple0001"], Destinations(await browser.GetAsync(page.Path)));
        Assert.Empty(Destinations(await browser.SubmitAsync(asked, "main form")));
    }

    [Fact]
    public async Task A_list_pasted_with_names_is_taken_and_each_bad_line_is_named_beside_what_was_typed()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(
            browser, "liste", "\"Dupont, Gugus\" <gugus.dupont@exemple.be>; Léa <lea@example.org>,support@example.org");
        Assert.Equal(["gugus.dupont@exemple.be", "lea@example.org", "support@example.org"], Destinations(page));
        var pasted = string.Join(
            '\n', Enumerable.Range(1, 200).Select(n => $"m{n}@example.org")) + "\nniemand@exemple.be\nfaux@@example.org";

        var after = await AddAsync(browser, page, pasted);

        Assert.Contains("niemand@exemple.be", after.ErrorAt("Destinations"), StringComparison.Ordinal);
        Assert.Contains("faux@@example.org", after.ErrorAt("Destinations"), StringComparison.Ordinal);
        Assert.Equal(2, after.Document.QuerySelectorAll("#destinations-error p").Length);
        Assert.Equal(pasted, after.Document.QuerySelector("textarea")!.TextContent.Trim());
        Assert.Equal(3, Destinations(await browser.GetAsync(page.Path)).Count);
    }

    [Fact] // C016
    public async Task A_loop_is_refused_with_its_path()
    {
        var browser = await StartAsync();
        var first = await CreateAsync(browser, "a", "support@example.org");
        await CreateAsync(browser, "b", "a@exemple.be");

        var after = await AddAsync(browser, first, "b@exemple.be");

        Said.In(ProblemTexts.DestinationLoop, after.ErrorAt("Destinations"), "a@exemple.be → b@exemple.be → a@exemple.be");
    }
}
