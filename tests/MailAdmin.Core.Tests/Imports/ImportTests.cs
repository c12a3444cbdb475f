using MailAdmin.Core.Accounts;
using MailAdmin.Core.Imports;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Imports;

public sealed class ImportTests
{
    private const string List = """
        Kind;Address;Further addresses;Name;Quota;Password;Hash;Destinations;Redirect;Keeps copy
        account;Gugus.Dupont@exemple.be ;gd@exemple.be;Gugus Dupont;500 MB;Kilo7-gamma-Zeven;;;;
        ;élise@exemple.be;;;;;;;;
        ;lise;;"Léger, Lise";;;{SSHA}uNqjcS0119nPwiQ/TGiQGpVRL5JOYUNs;;x@example.org, lise;
        alias;second@exemple.be;;;;;;first@exemple.be;;
        alias;first@exemple.be;;;;;;gugus.dupont, y@example.net;;
        ;post@exemple.be;;;unlimited;;;;first@exemple.be;no
        """;

    [Fact] // C174
    public async Task Right_rows_go_in_wrong_rows_are_named_and_the_same_list_again_changes_nothing()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var import = await core.PreviewAsync(List, domain);

        Assert.Equal(
            [(2, ImportAction.Create, ""), (3, ImportAction.Wrong, "AddressCharacters"), (4, ImportAction.Create, ""),
                (5, ImportAction.Create, ""), (6, ImportAction.Create, ""), (7, ImportAction.Create, "")],
            await core.PlanAsync(import));
        await using (var context = core.Database.Open()) Assert.Equal(0, await context.Accounts.CountAsync());

        var totals = await core.CarryOutAsync(import);

        Assert.Equal((5, 1, 5, 0, 0), (totals.Creates, totals.Wrong, totals.Done, totals.Refused, totals.Left));
        await AssertAccountsAsync(core);
        var map = await core.MapAsync(PostfixMap.Virtual);
        Assert.Equal("first@exemple.be", map["second@exemple.be"]);
        Assert.Equal("gugus.dupont@exemple.be,y@example.net", map["first@exemple.be"].Replace(" ", "", StringComparison.Ordinal));

        var again = await core.PreviewAsync(List, domain);
        Assert.All(
            await core.PlanAsync(again),
            r => Assert.True(r.Action == (r.Line == 3 ? ImportAction.Wrong : ImportAction.Unchanged), $"{r}"));
        var started = await core.Get<ImportService>().StartAsync(again.Id, Core.Admins.Actor.Panel);
        RefusedWith("ImportNothingToDo", null, started);
    }

    private static async Task AssertAccountsAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var gugus = await context.Accounts.Include(a => a.Addresses).SingleAsync(a => a.Username == Username.Parse("exemple0001"));
        Assert.Equal(("Gugus Dupont", new Quota(512_000)), (gugus.PersonName, gugus.Quota));
        Assert.Equal(["gugus.dupont", "gd"], gugus.Addresses.OrderBy(a => a.Id).Select(a => a.LocalPart.Value));
        Assert.True(PasswordHash.TryParse(gugus.PasswordHash, out var hash));
        Assert.True(core.Get<PasswordHasher>().Verify("Kilo7-gamma-Zeven", hash));
        var lise = await context.Accounts.Include(a => a.Redirect).SingleAsync(a => a.Username == Username.Parse("exemple0002"));
        Assert.Equal(("Léger, Lise", "{SSHA}uNqjcS0119nPwiQ/TGiQGpVRL5JOYUNs", true, new Quota(25_000)),
            (lise.PersonName, lise.PasswordHash, lise.Redirect!.KeepsCopy, lise.Quota));
        var post = await context.Accounts.Include(a => a.Redirect).SingleAsync(a => a.Username == Username.Parse("exemple0003"));
        Assert.Equal((false, (Quota?)null), (post.Redirect!.KeepsCopy, post.Quota));
        Assert.Equal(["account.created", "account.created", "account.created"],
            await context.AuditEvents.Where(e => e.Kind == "account.created").Select(e => e.Kind).ToListAsync());
        Assert.Equal(1, await context.AuditEvents.CountAsync(e => e.Kind == "import.finished"));
    }

    [Fact]
    public async Task A_changed_list_shows_and_changes_what_differs()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.ImportAsync(List, domain);
        const string changed = """
            address;further addresses;name;quota;destinations;redirect;keeps copy
            gugus.dupont@exemple.be;;G. Dupont;;;;
            lise@exemple.be;l.leger@exemple.be;;;;;no
            first@exemple.be;;;;lise@exemple.be,y@example.net;;
            post@exemple.be;;;1 GB;;z@example.org;
            """;

        var import = await core.PreviewAsync(changed, domain);

        var rows = (await core.RowsAsync(import)).OrderBy(r => r.Line).ToList();
        Assert.All(rows, r => Assert.Equal(ImportAction.Change, r.Action));
        Assert.Equal([new(ListColumn.Name, "Gugus Dupont", "G. Dupont")], ImportJson.ChangesOf(rows[0].Changes));
        Assert.Equal([new(ListColumn.Addresses, null, "l.leger@exemple.be"), new(ListColumn.KeepsCopy, "yes", "no")],
            ImportJson.ChangesOf(rows[1].Changes));
        Assert.Equal([new(ListColumn.Destinations, "gugus.dupont@exemple.be, y@example.net", "lise@exemple.be, y@example.net")],
            ImportJson.ChangesOf(rows[2].Changes));
        Assert.Equal([new(ListColumn.Quota, "unlimited", "1048576"), new(ListColumn.Redirect, "first@exemple.be", "z@example.org")],
            ImportJson.ChangesOf(rows[3].Changes));

        var totals = await core.CarryOutAsync(import);
        Assert.Equal((4, 0), (totals.Done, totals.Refused));
        Assert.All(await core.PlanAsync(await core.PreviewAsync(changed, domain)), r => Assert.Equal(ImportAction.Unchanged, r.Action));
        Assert.Equal(["lise@exemple.be", "y@example.net"],
            (await core.MapAsync(PostfixMap.Virtual))["first@exemple.be"].Split(',', StringSplitOptions.TrimEntries).Order());
    }

    [Theory] // C011
    [InlineData(".gugus", "AddressDots")]
    [InlineData("gugus.", "AddressDots")]
    [InlineData("a..b", "AddressDots")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g1234", "AddressTooLong")]
    [InlineData("\" \";x", "AddressMissing")]
    [InlineData("x@autre.example", "AddressOtherDomain")]
    public async Task A_malformed_address_is_refused_with_its_reason(string address, string code)
    {
        await using var core = await CreateAsync();
        var import = await core.PreviewAsync($"address;name\n{address}\n gugus ;\n", await core.AddDomainAsync());
        Assert.Equal([(2, ImportAction.Wrong, code), (3, ImportAction.Create, "")], await core.PlanAsync(import));
        await core.CarryOutAsync(import);
        await using var context = core.Database.Open();
        Assert.Equal("gugus", (await context.Addresses.SingleAsync()).LocalPart.Value);
    }

    [Fact] // C016
    public async Task An_alias_that_leads_to_itself_or_in_a_circle_is_refused()
    {
        await using var core = await CreateAsync();
        var import = await core.PreviewAsync("""
            kind,address,destinations
            alias,boucle@exemple.be,boucle@exemple.be
            alias,a@exemple.be,b@exemple.be
            alias,b@exemple.be,"a@exemple.be, x@example.org"
            alias,c@exemple.be,a@exemple.be
            alias,d@exemple.be,x@example.org
            """, await core.AddDomainAsync());
        var plan = await core.PlanAsync(import);
        Assert.Equal([2, 3, 4, 5], plan.Where(r => r.Action == ImportAction.Wrong).Select(r => r.Line));
        Assert.All(plan.Where(r => r.Action == ImportAction.Wrong), r => Assert.NotEqual("", r.Problems));
        Assert.Equal(1, (await core.CarryOutAsync(import)).Done);
    }

    [Fact]
    public async Task Rules_of_the_domain_hold_for_each_row()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: 3, change: d => d with { TotalQuota = new Quota(100_000) });
        var import = await core.PreviewAsync("""
            address;quota;password;hash;kind;username
            a;40000;;;;
            b;90000;;;;
            c;abc;;;;
            d;;12345678;;;
            e;;;nohash;;
            f;;;;thing;
            a;;;;;
            g;40000;;;;root
            h;40000;;;;
            i;1000;;;;
            j;1000;;;;
            """, domain);
        Assert.Equal(
            ["", "QuotaDomainTotalExceeded", "QuotaMalformed", "Password", "ImportHashUnknown", "ImportKindUnknown", "ImportRowTwice",
                "UsernameReserved", "", "", "DomainAccountsFull"],
            (await core.PlanAsync(import))
                .Select(r => r.Problems.StartsWith("Password", StringComparison.Ordinal) ? "Password" : r.Problems));
    }

    [Fact]
    public async Task A_row_that_is_refused_later_does_not_hold_up_the_others()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var import = await core.PreviewAsync("address;name\na;A\nb;B\nc;C\n", domain);
        await core.AddAliasAsync(domain, "b", "x@example.org");

        var totals = await core.CarryOutAsync(import);

        Assert.Equal((2, 1), (totals.Done, totals.Refused));
        var refused = Assert.Single(await core.RowsAsync(import), r => r.State == ImportRowState.Refused);
        Assert.Equal(("b@exemple.be", "AddressTakenByAlias"), (refused.Subject, ImportJson.ProblemsOf(refused.Problems)[0].Code));
    }

    [Fact]
    public async Task An_existing_password_is_replaced_only_if_asked_and_the_same_one_is_no_change()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus");
        const string list = "address;password\ngugus;Kilo7-gamma-Zeven\n";

        Assert.Equal(ImportAction.Unchanged, Assert.Single(await core.PlanAsync(await core.PreviewAsync(list, domain))).Action);
        Assert.Equal(1, (await core.ImportAsync(list, domain, replaces: true)).Done);
        await core.ImportAsync(list, domain, replaces: true);

        await using var context = core.Database.Open();
        Assert.True(PasswordHash.TryParse((await context.Accounts.SingleAsync()).PasswordHash, out var hash)
            && core.Get<PasswordHasher>().Verify("Kilo7-gamma-Zeven", hash));
        Assert.Equal(1, await context.AuditEvents.CountAsync(e => e.Kind == "account.password-changed"));
    }
}
