using System.Diagnostics;
using System.Globalization;
using MailAdmin.Provisioning.Processes;
using MailAdmin.Provisioning.Tests.Cyrus;

namespace MailAdmin.Provisioning.Tests.Processes;

/// <summary>Real processes that misbehave.</summary>
public sealed class CommandRunnerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_wrote_and_how_it_ended_comes_back()
    {
        var result = await RunAsync(new("sh", "-c", "read line; echo \"got $line in $PLACE\"; echo ' a complaint ' >&2; exit 3")
        {
            Input = ["one: ä", "two"],
            Environment = new Dictionary<string, string> { ["PLACE"] = "here" },
        });

        Assert.Equal(new CommandResult("sh", 3, "got one: ä in here\n", "a complaint"), result);
        Assert.Equal("a complaint", Assert.Throws<CommandException>(() => result.Succeeded()).Message);
    }

    [Fact]
    public async Task Without_words_of_its_own_its_exit_code_is_told() =>
        Assert.Equal("false exited with 1", Assert.Throws<CommandException>((await RunAsync(new("/bin/false"))).Succeeded).Message);

    [Fact]
    public async Task A_program_that_is_not_there_gets_a_sentence()
    {
        var missing = await Assert.ThrowsAsync<CommandException>(() => RunAsync(new("/nowhere/postmap", "-q")));

        Assert.StartsWith("/nowhere/postmap can't be started: ", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_slow_is_killed_at_its_deadline_with_what_it_started()
    {
        var (file, watch) = (Path.GetTempFileName(), Stopwatch.StartNew());

        var late = await Assert.ThrowsAsync<CommandTimeoutException>(() => RunAsync(
            new("sh", "-c", $"sleep 300 & echo $! > {file}; wait") { Deadline = TimeSpan.FromMilliseconds(500) }));

        Assert.Equal("sh did not end within 0.5 s", late.Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60));
        await GoneAsync(int.Parse(await File.ReadAllTextAsync(file, Token), CultureInfo.InvariantCulture));
        File.Delete(file);
    }

    [Fact]
    public async Task One_that_ignores_SIGTERM_is_killed_too()
    {
        var file = Path.GetTempFileName();

        await Assert.ThrowsAsync<CommandTimeoutException>(() => RunAsync(
            new("sh", "-c",
                $"trap '' TERM INT HUP; echo $$ > {file}; while :; do sleep 0.1; done")
            { Deadline = TimeSpan.FromMilliseconds(500) }));

        await GoneAsync(int.Parse(await File.ReadAllTextAsync(file, Token), CultureInfo.InvariantCulture));
        File.Delete(file);
    }

    [Fact]
    public async Task One_that_floods_standard_error_is_read_while_its_input_is_written()
    {
        var lines = Enumerable.Range(0, 50_000).Select(n => $"line {n}");

        var result = await RunAsync(new("sh", "-c", "head -c 4000000 /dev/zero | tr '\\0' x >&2; wc -l") { Input = lines });

        Assert.Equal((4_000_000, "50000"), (result.Error.Length, result.Output.Trim()));
    }

    [Fact]
    public async Task One_that_reads_nothing_of_its_input_ends_all_the_same()
    {
        var lines = Enumerable.Range(0, 200_000).Select(n => $"line {n}");

        Assert.Equal(5, (await RunAsync(new("sh", "-c", "exit 5") { Input = lines })).ExitCode);
        await Assert.ThrowsAsync<CommandTimeoutException>(
            () => RunAsync(new("sleep", "300") { Input = lines, Deadline = TimeSpan.FromMilliseconds(500) }));
    }

    [Fact]
    public async Task What_it_leaves_behind_with_its_output_open_does_not_hold_us_beyond_the_deadline()
    {
        var file = Path.GetTempFileName();

        await Assert.ThrowsAsync<CommandTimeoutException>(() => RunAsync(
            new("sh", "-c", $"sleep 300 & echo $! > {file}") { Deadline = TimeSpan.FromSeconds(1) }));

        Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(file, Token), CultureInfo.InvariantCulture)).Kill();
        File.Delete(file);
    }

    [Fact]
    public async Task Cancelled_it_is_killed_and_nothing_is_said_of_a_deadline()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => CommandRunner.RunAsync(new("sleep", "300"), stop.Token).WaitAsync(Timeout, Token));
    }

    private static Task<CommandResult> RunAsync(CommandLine command) => CommandRunner.RunAsync(command, Token).WaitAsync(Timeout, Token);

    private static Task GoneAsync(int process) =>
        Eventually.TrueAsync(() => Task.FromResult(!IsAlive(process)), Timeout, $"process {process} is gone");

    // A process that has ended and that nobody has waited for yet (Z) counts as ended.
    private static bool IsAlive(int process) =>
        File.Exists($"/proc/{process}/stat") && File.ReadAllText($"/proc/{process}/stat").Split(") ")[1][0] != 'Z';
}
