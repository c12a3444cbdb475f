namespace MailAdmin.Web.Tests.Shared;

public sealed class RoundTripTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Theory]
    [InlineData("/domains")]
    [InlineData("/domains?q=exemple&sort=aliases&dir=desc")]
    [InlineData("/domains/exemple.be/accounts")]
    public async Task A_page_asks_the_database_at_most_four_times_whatever_its_rows(string path)
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        foreach (var name in (string[])["gugus.dupont", "pascal", "compta"]) await _panel.AddAccountAsync(domain, name);
        await browser.GetAsync(path);

        var trips = _panel.CountRoundTrips();
        await browser.GetAsync(path);

        Assert.True(trips.Commands.Count is >= 1 and <= 4, string.Join("\n", trips.Commands));
    }
}
