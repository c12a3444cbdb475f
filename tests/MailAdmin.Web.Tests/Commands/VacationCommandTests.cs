using MailAdmin.Web.Commands.Vacations;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en")]
public sealed class VacationCommandTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_vacation_message_is_turned_on_shown_and_turned_off()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus");

        (await _panel.RunWithInputAsync("Je suis absent.\nÀ bientôt", "vacation", "set", "exemple0001", "--subject", "Congés", "--dry-run"))
            .Ends(0);
        Said.In(VacationCommandTexts.IsOff, (await _panel.RunAsync("vacation", "show", "exemple0001")).Ends(0).Output, "exemple0001");

        (await _panel.RunWithInputAsync("Je suis absent.\nÀ bientôt", "vacation", "set", "exemple0001", "--subject", "Congés")).Ends(0);
        var shown = (await _panel.RunAsync("vacation", "show", "gugus@exemple.be", "--json")).Ends(0).Json;
        Assert.Equal((true, "Congés"), ((bool)shown["on"]!, (string?)shown["subject"]));
        Assert.Contains("À bientôt", (string?)shown["text"], StringComparison.Ordinal);

        (await _panel.RunAsync("vacation", "remove", "exemple0001")).Ends(0);
        shown = (await _panel.RunAsync("vacation", "show", "exemple0001", "--json")).Ends(0).Json;
        Assert.Equal((false, "Congés"), ((bool)shown["on"]!, (string?)shown["subject"]));
    }

    [Fact]
    public async Task Without_a_text_or_with_days_that_are_over_it_is_refused()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus");

        (await _panel.RunAsync("vacation", "set", "exemple0001")).Ends(1);
        (await _panel.RunWithInputAsync("Absent", "vacation", "set", "exemple0001", "--until", "2020-01-01")).Ends(1);
        (await _panel.RunWithInputAsync("Absent", "vacation", "set", "exemple0001", "--until", "soon")).Ends(2);
    }
}
