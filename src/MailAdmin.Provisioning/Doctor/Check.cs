namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// One assumption about the servers, looked at without changing anything. A new one is a class and a line in <see cref="DoctorServices"/>;
/// its name and the codes of its findings have texts in DoctorTexts.
/// </summary>
internal abstract class Check(string name)
{
    public string Name { get; } = name;

    /// <summary>A server that does not answer is itself what the check looks for; to the others it says nothing.</summary>
    public virtual bool SilenceIsWrong => false;

    /// <summary>What is wrong; nothing when all is well. May take as long as it likes: the doctor does not wait for ever.</summary>
    public abstract Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken);
}

/// <summary>Something that is not as it has to be.</summary>
/// <param name="Code">Names the text that says what it means for mail.</param>
/// <param name="Place">The file, with the line where it has one, or the setting.</param>
/// <param name="Write">What has to stand there, or null when that is no matter of one line.</param>
/// <param name="Args">What the text mentions, the server's own words among them.</param>
public sealed record Finding(string Code, string? Place = null, string? Write = null, params object[] Args)
{
    /// <summary>Nothing is wrong, but it could not be looked at from here.</summary>
    public bool IsUnknown { get; init; }

    internal static Finding Unknown(string code, params object[] args) => new(code, Args: args) { IsUnknown = true };
}

/// <param name="Name">Of the check.</param>
public sealed record CheckReport(string Name, IReadOnlyList<Finding> Findings, TimeSpan Took)
{
    public CheckState State =>
        Findings.Any(f => !f.IsUnknown) ? CheckState.Failed : Findings.Count > 0 ? CheckState.Unknown : CheckState.Fine;
}

public enum CheckState
{
    Fine,
    Failed,

    /// <summary>It could not be looked at.</summary>
    Unknown,
}
