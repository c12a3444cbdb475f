using System.Diagnostics;

namespace MailAdmin.Sandbox.Processes;

/// <summary>
/// A program that runs in a session of its own. Ctrl-C in the terminal then reaches only the sandbox, which stops everything in order, and
/// a signal can be sent to all processes that the program has started.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _output;

    private ChildProcess(Process process, Action<string> output)
    {
        _process = process;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _exited.TrySetResult();
        process.Start();
        Id = process.Id;
        _output = Task.WhenAll(PassOnAsync(process.StandardOutput, output), PassOnAsync(process.StandardError, output));
    }

    public int Id { get; }

    public Task Exited => _exited.Task;

    /// <summary>Whether it has been asked to end.</summary>
    public bool IsStopping { get; private set; }

    public int ExitCode => _process.ExitCode;

    /// <param name="output">Called with each line that the program writes.</param>
    public static ChildProcess Start(DaemonCommand command, Action<string> output)
    {
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(command.Program);
        foreach (var argument in command.Arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;
        return new ChildProcess(new Process { StartInfo = start }, output);
    }

    public void SignalAll(Signal signal) => Signals.SendToGroup(Id, signal);

    /// <summary>Asks the program to end, and kills it after <paramref name="grace"/>.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        IsStopping = true;
        await CloseInputAsync();
        if (!Exited.IsCompleted)
        {
            // Only the leader is signalled, since it ends its children in its own order. A paused process has to continue before it can
            // react.
            SignalAll(Signal.Continue);
            Signals.Send(Id, Signal.Terminate);
            await Task.WhenAny(Exited, Task.Delay(grace));
        }
        await KillAsync();
    }

    public async Task KillAsync()
    {
        IsStopping = true;
        if (!Exited.IsCompleted) Signals.Send(Id, Signal.Kill);
        SignalAll(Signal.Kill);
        await Exited;
        await ProcessTable.WaitForGroupToEndAsync(Id);
        await DrainAsync();
    }

    /// <summary>Waits briefly for the last lines of a program that ended; a grandchild may keep the pipe open.</summary>
    public async Task DrainAsync() => await Task.WhenAny(_output, Task.Delay(TimeSpan.FromMilliseconds(300)));

    public void Dispose() => _process.Dispose();

    private async Task CloseInputAsync()
    {
        try
        {
            await _process.StandardInput.DisposeAsync();
        }
        catch (IOException)
        {
            // The program has ended already.
        }
    }

    private static async Task PassOnAsync(StreamReader reader, Action<string> output)
    {
        while (await reader.ReadLineAsync() is { } line) output(line);
    }
}
