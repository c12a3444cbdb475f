using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace MailAdmin.Sandbox;

/// <summary>The command line: starts a sandbox, shows it, and stops it on Ctrl-C or SIGTERM.</summary>
internal static class SandboxCommand
{
    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where its data lies; a second sandbox has another",
        DefaultValueFactory = _ => SandboxOptions.DefaultFolder,
    };

    private static readonly Option<bool> Fresh = new("--fresh") { Description = "Start over: remove what the folder holds" };

    private static readonly Option<bool> Empty = new(
        "--empty")
    { Description = "Leave out the manual's example, to see the first-run set-up" };

    private static readonly Option<int?> Port = new("--port") { Description = "The panel's port", CustomParser = ParsePort };

    public static RootCommand Create()
    {
        var command = new RootCommand(
            "A private Cyrus and Postfix on this machine's loopback, with the MailAdmin panel on them.") { Folder, Fresh, Empty, Port };
        command.SetAction((parsed, _) => RunAsync(new SandboxOptions
        {
            Folder = parsed.GetValue(Folder)!,
            Fresh = parsed.GetValue(Fresh),
            Empty = parsed.GetValue(Empty),
            PanelPort = parsed.GetValue(Port),
        }));
        return command;
    }

    private static int? ParsePort(ArgumentResult argument)
    {
        if (ushort.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, out var port) && port > 0) return port;
        argument.AddError("--port takes a number from 1 to 65535.");
        return null;
    }

    private static async Task<int> RunAsync(SandboxOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            await ServeAsync(options, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (SandboxException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true; // we end by ourselves, when all is stopped
            stop.Cancel();
        }
    }

    private static async Task ServeAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        await using var sandbox = await MailSandbox.StartAsync(options, Console.WriteLine, cancellationToken);
        SandboxReport.Write(AnsiConsole.Console, sandbox);
        var death = sandbox.WaitForDeathAsync();
        await Task.WhenAny(death, Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
        if (!cancellationToken.IsCancellationRequested) throw await death;
        Console.WriteLine("Stopping …");
    }
}
