using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;

namespace MailAdmin.Web.Tests.Shared;

public sealed class RoundTripTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Theory]
    [InlineData("/domains")]
    [InlineData("/domains?q=exemple&sort=aliases&dir=desc")]
    [InlineData("/domains/exemple.be/settings")]
    [InlineData("/domains/exemple.be/delete")]
    [InlineData("/domains/exemple.be/routing")]
    [InlineData("/domains/exemple.be/routing/change?NextHop=smtp:[old.example.net]")]
    [InlineData("/domains/exemple.be/accounts")]
    [InlineData("/domains/exemple.be/aliases")]
    [InlineData("/domains/exemple.be/aliases?q=liste&sort=destinations&first=1&size=1")]
    [InlineData("/domains/exemple.be/aliases/4")]
    [InlineData("/search?q=e")]
    [InlineData("/search?q=liste")]
    [InlineData("/search?q=pascal@exemple.be")]
    [InlineData("/search?q=ét&kind=domain")]
    [InlineData("/admins")]
    [InlineData("/admins/1")]
    [InlineData("/provisioning")]
    [InlineData("/settings")]
    [InlineData("/drift")]
    [InlineData("/audit")]
    [InlineData("/audit?domain=exemple.be&about=gugus.dupont@exemple.be&size=1&newer=1.1")]
    [InlineData("/settings/sessions")]
    [InlineData("/settings/second-factor")]
    [InlineData("/security")]
    [InlineData("/links")]
    [InlineData("/domains/exemple.be/accounts?q=a&sort=address&dir=desc")]
    [InlineData("/domains/exemple.be/accounts/exemple0001")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/addresses")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/services")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/quota")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/client-settings")]
    [InlineData("/domains/exemple.be/accounts/deleted")]
    public async Task A_page_asks_the_database_at_most_four_times_whatever_its_rows(string path)
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        foreach (var name in (string[])["gugus.dupont", "pascal", "compta"]) await _panel.AddAccountAsync(domain, name);
        foreach (var name in (string[])["liste", "autre-liste"])
            await _panel.Get<AliasService>().CreateAsync(domain.Id, LocalPart.Parse(name), ["exemple0001", "support@example.org"], Actor.Panel);
        foreach (var name in (string[])["luc", "sam", "ann"]) await _panel.AddAdminAsync(name, AdminRole.DomainAdmin, domain);
        await browser.GetAsync(path);

        var trips = _panel.CountRoundTrips();
        await browser.GetAsync(path);

        Assert.True(trips.Commands.Count is >= 1 and <= 4, string.Join("\n", trips.Commands));
    }

    // It carries the deletion out and takes it back (decision 0018).
    [Theory]
    [InlineData("/domains/exemple.be/accounts/exemple0001/delete")]
    [InlineData("/domains/exemple.be/aliases/2/delete")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/catch-all")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/state")]
    [InlineData("/domains/exemple.be/names/exemple.com/delete")]
    public async Task A_page_that_rehearses_asks_as_often_for_forty_rows_as_for_two(string path)
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(domain, "gugus.dupont");
        await _panel.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel);
        for (var n = 0; n < 2; n++) await AddAliasAsync(n);
        await browser.GetAsync(path);
        var few = _panel.CountRoundTrips();
        await browser.GetAsync(path);
        var once = few.Commands.Count;
        for (var n = 2; n < 40; n++) await AddAliasAsync(n);

        var many = _panel.CountRoundTrips();
        var page = await browser.GetAsync(path);

        Assert.NotEmpty(page.Document.QuerySelectorAll(".effects tbody tr"));
        Assert.Equal(once, many.Commands.Count);

        Task AddAliasAsync(int n) => _panel.Get<AliasService>().CreateAsync(
            domain.Id, LocalPart.Parse($"liste{n}"), n == 0 ? ["exemple0001"] : ["exemple0001", "liste0@exemple.be", "support@example.org"], Actor.Panel);
    }
}
