namespace MailAdmin.Sandbox.Processes;

/// <summary>One of the sandbox's programs. Tests can start, stop, freeze and kill each one on its own.</summary>
public abstract class Daemon : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly TaskCompletionSource<SandboxException> _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChildProcess? _process;

    private protected Daemon(string name, SandboxFolder folder, LogFile log, TimeSpan startTimeout)
    {
        (Name, Folder, Log, StartTimeout) = (name, folder, log, startTimeout);
    }

    public string Name { get; }

    /// <summary>Path of its log file.</summary>
    public string LogPath => Log.Path;

    public bool IsRunning => _process is { Exited.IsCompleted: false };

    /// <summary>The id of the leading process, or null if it is not running.</summary>
    public int? ProcessId => IsRunning ? _process?.Id : null;

    /// <summary>Completes when the daemon ends without having been asked to.</summary>
    internal Task<SandboxException> Died => _died.Task;

    private protected SandboxFolder Folder { get; }

    private protected LogFile Log { get; }

    private protected TimeSpan StartTimeout { get; }

    /// <summary>Starts it, and waits until it answers on every port.</summary>
    /// <exception cref="SandboxException">
    /// It ended or did not answer in time; the message quotes its log. None of its processes is left running.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (IsRunning) throw new InvalidOperationException($"{Name} runs already.");
        Log.Mark();
        await PrepareAsync(cancellationToken);
        _process = ChildProcess.Start(Marked(Command()), OnOutput);
        _ = WatchAsync(_process);
        try
        {
            await WaitUntilItAnswersAsync(_process, cancellationToken);
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>Sends SIGTERM, and SIGKILL to what is left after five seconds.</summary>
    public async Task StopAsync()
    {
        if (_process is not null) await _process.StopAsync(Grace);
    }

    /// <summary>Sends SIGKILL to all its processes.</summary>
    public async Task KillAsync()
    {
        if (_process is not null) await _process.KillAsync();
    }

    /// <summary>Freezes all its processes: ports still accept connections, but nothing answers.</summary>
    public void Pause() => _process?.SignalAll(Signal.Stop);

    public void Resume() => _process?.SignalAll(Signal.Continue);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ReleaseAsync();
        _process?.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract DaemonCommand Command();

    private protected abstract Task<bool> AnswersAsync(CancellationToken cancellationToken);

    private protected virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits until everything that the daemon has logged is in its file.</summary>
    private protected virtual Task CompleteLogAsync() => Task.CompletedTask;

    private protected virtual Task ReleaseAsync() => Task.CompletedTask;

    private protected virtual void OnOutput(string line) => Log.Append(line);

    // All child processes inherit the variable, by which ProcessTable finds them.
    private DaemonCommand Marked(DaemonCommand command) => command with
    {
        Environment = new Dictionary<string, string>(command.Environment, StringComparer.Ordinal) { [ProcessTable.Marker] = Folder.Path },
    };

    private async Task WatchAsync(ChildProcess process)
    {
        await process.Exited;
        if (process.IsStopping) return;
        await process.DrainAsync();
        _died.TrySetResult(await FailureAsync($"{Name} has ended by itself, with exit code {process.ExitCode}."));
    }

    private async Task WaitUntilItAnswersAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(StartTimeout);
        var answers = PollAsync(stop.Token);
        await Task.WhenAny(answers, process.Exited);
        if (process.Exited.IsCompleted)
        {
            await stop.CancelAsync();
            await process.DrainAsync();
            throw await FailureAsync($"{Name} ended while starting, with exit code {process.ExitCode}.");
        }
        if (!await answers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw await FailureAsync($"{Name} does not answer after {StartTimeout.TotalSeconds:0} seconds.");
        }
    }

    private async Task<bool> PollAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await AnswersAsync(cancellationToken)) return true;
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken));
        }
        return false;
    }

    private async Task<SandboxException> FailureAsync(string what)
    {
        await CompleteLogAsync();
        var lines = string.Join('\n', Log.LastLines(12).Select(line => "    " + line));
        return new SandboxException($"""
            {what} Its last log lines follow ({Log.Path}).
            If they do not say what to change, start over with --fresh, or choose another --folder.
            {lines}
            """);
    }
}
