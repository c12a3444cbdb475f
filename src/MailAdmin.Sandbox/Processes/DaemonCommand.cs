namespace MailAdmin.Sandbox.Processes;

/// <summary>How a daemon is started.</summary>
public sealed record DaemonCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Added to our own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
