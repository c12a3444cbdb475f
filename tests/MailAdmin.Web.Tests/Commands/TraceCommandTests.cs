using MailAdmin.Web.Features.Trace;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en")]
public sealed class TraceCommandTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task The_way_of_an_address_is_told_in_sentences_without_colours()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");

        var result = (await _panel.RunAsync("trace", "gugus.dupont+salon@exemple.be")).Ends(1);

        Said.In(TraceTexts.StepAccountAddress, result.Output, "gugus.dupont@exemple.be", "exemple0001");
        Assert.Contains("refused\tgugus.dupont@exemple.be\t450 4.2.1", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public async Task Json_says_the_same_with_names_that_stay()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");

        var told = (await _panel.RunAsync("trace", "personne@exemple.be", "--json")).Ends(1).Json;

        Assert.Equal("personne@exemple.be", (string?)told["address"]);
        Assert.Equal("refused", (string?)told["verdict"]);
        Assert.StartsWith("550 5.1.1", (string?)told["answer"], StringComparison.Ordinal);
        Assert.Contains(told["steps"]!.AsArray(), step => (string?)step!["kind"] == "unknown" && (int)step["depth"]! == 0);
        Assert.False((bool)told["mapsRead"]!);
    }
}
