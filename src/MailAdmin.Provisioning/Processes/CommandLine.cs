namespace MailAdmin.Provisioning.Processes;

/// <summary>A command for <see cref="CommandRunner"/>.</summary>
/// <param name="Arguments">The program and its arguments.</param>
public sealed record CommandLine(IReadOnlyList<string> Arguments)
{
    public CommandLine(string program, params IEnumerable<string> arguments) : this([program, .. arguments])
    {
    }

    /// <summary>The lines of its standard input, which is closed after them.</summary>
    public IEnumerable<string> Input { get; init; } = [];

    /// <summary>
    /// The longest time from start to end; then the command is killed. Default: 2 minutes, which only a hanging disk exceeds.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Environment variables in addition to those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The program's name without its folder, for messages.</summary>
    public string Name => Path.GetFileName(Arguments[0]);
}
