namespace MailAdmin.Provisioning.Processes;

/// <summary>What <see cref="CommandRunner"/> runs.</summary>
/// <param name="Words">The program, and its arguments behind it.</param>
public sealed record CommandLine(IReadOnlyList<string> Words)
{
    public CommandLine(string program, params IEnumerable<string> arguments) : this([program, .. arguments])
    {
    }

    /// <summary>Lines for its standard input, which ends behind them.</summary>
    public IEnumerable<string> Input { get; init; } = [];

    /// <summary>From its start to its end; then it is killed. 2 minutes unless told: nothing takes longer unless the disk hangs.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Variables beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The program's name without its folder, as sentences name it.</summary>
    public string Name => Path.GetFileName(Words[0]);
}
