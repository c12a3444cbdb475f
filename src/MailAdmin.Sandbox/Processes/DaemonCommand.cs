namespace MailAdmin.Sandbox.Processes;

/// <summary>The command that starts a daemon.</summary>
public sealed record DaemonCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables added to the sandbox's own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
