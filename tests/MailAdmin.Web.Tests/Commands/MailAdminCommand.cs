using System.Diagnostics;
using System.Text.Json.Nodes;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Commands;

/// <summary>Runs the built <c>mailadmin</c> as a process, as a script or a user at a terminal does.</summary>
internal static class MailAdminCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command on the panel's database.</summary>
    public static Task<CommandResult> RunAsync(this PanelApplication panel, params string[] args) =>
        RunAsync("en_GB.UTF-8", [.. args, "--settings", panel.SettingsFile()]);

    /// <summary>Runs a command without settings, unless the arguments name them.</summary>
    public static Task<CommandResult> RunAsync(string language, params string[] args) =>
        RunAsync(language, new Dictionary<string, string>(), args);

    /// <param name="language">The language of the terminal.</param>
    /// <param name="environment">Variables in addition to those of this process.</param>
    /// <param name="args">The command and its options.</param>
    public static Task<CommandResult> RunAsync(string language, IReadOnlyDictionary<string, string> environment, params string[] args) =>
        RunAsync(language, environment, "", args);

    /// <summary>Runs a command on the panel's database that reads standard input.</summary>
    public static Task<CommandResult> RunWithInputAsync(this PanelApplication panel, string input, params string[] args) =>
        RunAsync("en_GB.UTF-8", new Dictionary<string, string>(), input, [.. args, "--settings", panel.SettingsFile()]);

    private static async Task<CommandResult> RunAsync(
        string language, IReadOnlyDictionary<string, string> environment, string input, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "mailadmin.dll"), .. args])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["LC_ALL"], start.Environment["SUDO_USER"]) = (language, null);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var over = new CancellationTokenSource(Deadline);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(over.Token), process.StandardError.ReadToEndAsync(over.Token));
        await process.WaitForExitAsync(over.Token);
        return new(process.ExitCode, await output, await error);
    }
}

internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The JSON document that the command printed.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    public CommandResult Ends(int code)
    {
        Assert.True(ExitCode == code, $"ended with {ExitCode}, not {code}\n{Output}\n{Error}");
        return this;
    }
}
