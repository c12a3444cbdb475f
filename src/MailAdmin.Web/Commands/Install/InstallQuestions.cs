using MailAdmin.Provisioning.Installation;
using Spectre.Console;

namespace MailAdmin.Web.Commands.Install;

/// <summary>Asks the person at the terminal, with what is known as the answer that Enter gives.</summary>
internal static class InstallQuestions
{
    public static TypedAnswers Ask(IAnsiConsole console, TypedAnswers known)
    {
        var host = One(console, InstallTexts.AskHostname, known.Hostname ?? Proposed(), t => known with { Hostname = t }, "Hostname");
        known = known with { Hostname = host, PanelUrl = known.PanelUrl ?? $"https://{host}" };
        var email = One(console, InstallTexts.AskSuperuser, known.SuperuserEmail, t => known with { SuperuserEmail = t }, "Superuser");
        var url = One(console, InstallTexts.AskPanelUrl, known.PanelUrl, t => known with { PanelUrl = t }, "PanelUrl");
        return known with { SuperuserEmail = email, PanelUrl = url };
    }

    public static bool Confirms(IAnsiConsole console) =>
        console.Prompt(new ConfirmationPrompt(InstallTexts.AskWrite) { DefaultValue = false });

    // A question is asked again until its answer is right; the obstacles of other questions do not matter.
    private static string One(IAnsiConsole console, string question, string? proposed, Func<string, TypedAnswers> with, string code)
    {
        var prompt = new TextPrompt<string>(Markup.Escape(question)).Validate(
            text => WrongIn(with(text), code) is { } wrong
                ? ValidationResult.Error(Markup.Escape(InstallText.Of(wrong))) : ValidationResult.Success());
        if (proposed is not null) prompt.DefaultValue(proposed);
        return console.Prompt(prompt).Trim();
    }

    private static Obstacle? WrongIn(TypedAnswers typed, string code) =>
        InstallAnswers.Parse(typed).Obstacles.FirstOrDefault(o => o.Code.StartsWith(code, StringComparison.Ordinal));

    private static string? Proposed() =>
        Environment.MachineName.Contains('.', StringComparison.Ordinal) ? Environment.MachineName : null;
}
