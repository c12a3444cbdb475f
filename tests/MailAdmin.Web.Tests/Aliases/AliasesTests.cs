using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Aliases;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Aliases;

public sealed class AliasesTests : IDisposable
{
    private const string ListPath = "/domains/exemple.be/aliases";
    private readonly PanelApplication _panel = new();
    private MailDomain _domain = null!;

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task An_alias_without_destination_warns_and_works_with_its_first_one()
    {
        var browser = await StartAsync();

        var page = await CreateAsync(browser, "gugus@exemple.be", "");
        Said.In(AliasTexts.NoDestinationYet, page.Text);
        page = await AddAsync(browser, page, "exemple0001");

        Said.NotIn(AliasTexts.NoDestinationYet, page.Text);
        Assert.Equal(["exemple0001"], Destinations(page));
        var list = await browser.GetAsync(ListPath);
        Said.In(AliasTexts.Total, list.Text, 1);
        Assert.Contains("exemple0001", list.Document.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

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

    [Fact] // C020
    public async Task Sending_the_page_without_a_change_keeps_all_destinations()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "any", "exemple0001 support@example.org compta@exemple.be");

        var after = await AddAsync(browser, page, " \r\n ");

        Said.In(AliasTexts.DestinationMissing, after.ErrorAt("Destinations"));
        Assert.Equal(Destinations(page), Destinations(after));
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

    [Theory] // C061
    [InlineData("*")]
    [InlineData("*@exemple.be")]
    [InlineData("@exemple.be")]
    [InlineData("%")]
    public async Task A_star_points_to_the_catch_all(string address) =>
        Said.In(ProblemTexts.AddressCatchAll, (await CreateAsync(await StartAsync(), address, "exemple0001")).ErrorAt("Address"));

    [Fact]
    public async Task An_address_in_use_is_refused()
    {
        var browser = await StartAsync();

        var page = await CreateAsync(browser, "GUGUS.dupont", ""); // C010

        Said.In(ProblemTexts.AddressTakenByAccount, page.ErrorAt("Address"), null, "exemple0001");
        Assert.Equal("/domains/exemple.be/accounts/exemple0001", page.Document.QuerySelector("#address-error a")!.GetAttribute("href"));
    }

    // C132
    [Fact]
    public async Task After_an_alias_is_deleted_the_list_goes_on_where_it_was()
    {
        var browser = await StartAsync();
        foreach (var part in (string[])["c1", "c2", "c3", "c4", "c5"]) await CreateAsync(browser, part, "");
        var list = await browser.GetAsync(ListPath + "?size=2&first=2");
        var deletion = list.Document.QuerySelector("td .bad")!.GetAttribute("href")!;

        var after = await browser.SubmitAsync(await browser.GetAsync(deletion), "main form");

        Assert.Equal(ListPath + "?size=2&first=2", after.Path);
    }

    [Fact]
    public async Task Many_destinations_come_ten_a_page()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "liste", string.Join(' ', Enumerable.Range(1, 25).Select(n => $"m{n}@example.org")));

        var last = await browser.GetAsync(page.Path + "?first=20");

        Assert.Equal(10, Destinations(page).Count);
        Assert.Equal(["m21@example.org", "m22@example.org", "m23@example.org", "m24@example.org", "m25@example.org"], Destinations(last));
        Said.In(AliasTexts.AndMore, (await browser.GetAsync(ListPath)).Text, 20);
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

    [Fact]
    public async Task A_destination_that_receives_nothing_says_why()
    {
        var browser = await StartAsync();
        await CreateAsync(browser, "vide", "");

        var page = await CreateAsync(browser, "any", "vide@exemple.be support@example.org");

        Said.In(AliasTexts.StateLeadsNowhere, page.Document.QuerySelector(".rows li")!.TextContent);
        Assert.Contains(
            "vide@exemple.be", (await browser.GetAsync(ListPath)).Document.QuerySelector("tbody .two")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_says_which_other_aliases_lead_here()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "any", "exemple0001");
        await CreateAsync(browser, "far", "any@exemple.be");

        Assert.Contains("far@exemple.be", (await browser.GetAsync(page.Path + "/delete")).Text, StringComparison.Ordinal);
    }

    [Fact] // C125
    public async Task The_list_is_walked_from_end_to_end_without_a_gap_and_searched()
    {
        var browser = await StartAsync();
        foreach (var n in Enumerable.Range(10, 21)) await CreateAsync(browser, $"a{n}", "support@example.org");
        var (page, seen) = (await browser.GetAsync(ListPath), new List<string>());
        Assert.Null(page.Document.QuerySelector("[rel=prev]"));
        for (; ; page = await browser.GetAsync(ListPath + page.Document.QuerySelector("[rel=next]")!.GetAttribute("href")))
        {
            seen.AddRange(page.Document.QuerySelectorAll("tbody strong").Select(s => s.TextContent));
            if (page.Document.QuerySelector("[rel=next]") is null) break;
        }

        Assert.Equal(Enumerable.Range(10, 21).Select(n => $"a{n}"), seen);
        var found = await browser.GetAsync(ListPath + "?q=a3&sort=destinations");
        Assert.Equal(["a30"], found.Document.QuerySelectorAll("tbody strong").Select(s => s.TextContent));
    }

    [Fact]
    public async Task Deleting_asks_first_and_twice_is_the_same_as_once()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "gugus", "exemple0001");
        var asking = await browser.GetAsync(page.Path + "/delete");
        Assert.Contains("exemple0001", asking.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(page.Path)).Status);

        var after = await browser.SubmitAsync(asking, "main form");

        Assert.Equal(ListPath, after.Path);
        Said.In(AliasTexts.Deleted, after.Notice, "gugus@exemple.be");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(page.Path)).Status);
        Assert.Equal(ListPath, (await browser.SubmitAsync(asking, "main form")).Path);
    }

    private async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        _domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(_domain, "gugus.dupont");
        await _panel.AddAccountAsync(_domain, "compta");
        await _panel.AddAccountAsync(await _panel.AddDomainAsync("voisin.example", "voisin"), "pascal");
        return browser;
    }

    private static Task<WebPage> CreateAsync(Browser browser, string address, string destinations) =>
        browser.SubmitAsync(ListPath + "/new", ("Address", address), ("Destinations", destinations));

    private static async Task<WebPage> ChooseAsync(Browser browser, WebPage page, IEnumerable<string> chosen)
    {
        return await SendAsync(browser, page.Document.QuerySelector("#remove")!, chosen);
    }

    private static async Task<WebPage> SendAsync(Browser browser, AngleSharp.Dom.IElement form, IEnumerable<string> chosen)
    {
        var fields = form.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))
            .Concat(chosen.Select(id => KeyValuePair.Create("destination", id)));
        using var content = new FormUrlEncodedContent(fields);
        var response = await browser.Client.PostAsync(form.GetAttribute("action"), content);
        return await Browser.ReadAsync(response);
    }

    private static Task<WebPage> AddAsync(Browser browser, WebPage page, string destinations) =>
        browser.SubmitAsync(page, "form.sheet", ("Destinations", destinations));

    private static List<string> Destinations(WebPage page) =>
        [.. page.Document.QuerySelectorAll(".rows li .break").Select(d => d.TextContent)];
}
