using System.CommandLine;
using MailAdmin.Web.Commands;
using MailAdmin.Web.Commands.Manual;

namespace MailAdmin.Web.Tests.Commands;

/// <summary>Help, the manual pages and completion have every command and option: all are made from the same descriptions.</summary>
[Trait("Lane", "unit")]
public sealed class ManualTests
{
    public static TheoryData<string> All { get; } = [.. Every(CommandLine.Root(), "")];

    [Theory, MemberData(nameof(All))]
    public void Help_of_each_command_has_its_description_and_its_options(string words)
    {
        var command = Find(words);

        var help = Run([.. words.Split(' '), "--help"]);

        Assert.Contains(command.Description!, help.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.All(command.Options, o => Assert.Contains(o.Name, help, StringComparison.Ordinal));
        Assert.All(command.Subcommands, c => Assert.Contains($"  {c.Name}", help, StringComparison.Ordinal));
    }

    [Fact]
    public void Help_of_the_program_lists_every_command()
    {
        var help = Run("--help");

        Assert.All(
            (string[])["admin", "audit", "doctor", "drift", "login-service", "provisioning", "setup-link", "trace"],
            name => Assert.Contains($"\n  {name} ", help, StringComparison.Ordinal));
        Assert.DoesNotContain("manual", help, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public void A_manual_page_has_each_command_with_its_options_and_arguments(string words)
    {
        var command = Find(words);

        var page = ManualPage.Of(Find(words.Split(' ')[0])).Replace("\\-", "-", StringComparison.Ordinal);

        Assert.Contains($"mailadmin {words}", page, StringComparison.Ordinal);
        Assert.All(command.Options, o => Assert.Contains($"\\fB{o.Name}\\fR", page, StringComparison.Ordinal));
        Assert.All(command.Arguments, a => Assert.Contains($"\\fI{a.Name}\\fR", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Completion_offers_commands_and_their_options()
    {
        Assert.Contains("setup-link", Run("[suggest:14]", "mailadmin setup"), StringComparison.Ordinal);
        Assert.Contains("--repair", Run("[suggest:18]", "mailadmin drift --"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("login-service", "--help")]
    [InlineData("--settings", "/nowhere.json", "--help")]
    public async Task Help_needs_no_settings(params string[] args) =>
        Assert.Contains("mailadmin", (await MailAdminCommand.RunAsync("C.UTF-8", args)).Ends(0).Output, StringComparison.Ordinal);

    private static IEnumerable<string> Every(Command parent, string before)
    {
        foreach (var command in parent.Subcommands.Where(c => !c.Hidden))
        {
            yield return before + command.Name;
            foreach (var inner in Every(command, $"{before}{command.Name} ")) yield return inner;
        }
    }

    private static Command Find(string words) =>
        words.Split(' ').Aggregate((Command)CommandLine.Root(), (command, name) => command.Subcommands.Single(c => c.Name == name));

    private static string Run(params string[] args)
    {
        using var output = new StringWriter();
        Assert.Equal(0, CommandLine.Root().Parse(args).Invoke(new() { Output = output }));
        return output.ToString();
    }
}
