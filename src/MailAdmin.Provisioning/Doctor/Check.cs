namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks one assumption about the servers without changing anything. A new check needs a class and a line in <see cref="DoctorServices"/>;
/// its name and its findings' codes need texts in DoctorTexts.
/// </summary>
public abstract class Check(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether it reads the database: it is left out while there is no file, which opening it would create.</summary>
    public virtual bool ReadsDatabase => false;

    /// <summary>Whether a server that does not answer is a failure for this check; for the others it is unknown.</summary>
    public virtual bool SilenceIsWrong => false;

    /// <summary>Returns what is wrong; empty if all is well. It may take any time: the doctor limits it.</summary>
    public abstract Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken);
}

/// <summary>Something that is not as it has to be.</summary>
/// <param name="Code">Names the text that says what it means for mail.</param>
/// <param name="Place">The file, with the line if it has one, or the setting.</param>
/// <param name="Write">What has to be written there, or null if it is not a matter of one line.</param>
/// <param name="Args">The text's arguments, including the server's own words.</param>
public sealed record Finding(string Code, string? Place = null, string? Write = null, params object[] Args)
{
    /// <summary>Nothing is known to be wrong, but it could not be checked from here.</summary>
    public bool IsUnknown { get; init; }

    internal static Finding Unknown(string code, params object[] args) => new(code, Args: args) { IsUnknown = true };
}

/// <param name="Name">The check's name.</param>
public sealed record CheckReport(string Name, IReadOnlyList<Finding> Findings, TimeSpan Took)
{
    public CheckState State =>
        Findings.Any(f => !f.IsUnknown) ? CheckState.Failed : Findings.Count > 0 ? CheckState.Unknown : CheckState.Fine;
}

public enum CheckState
{
    Fine,
    Failed,

    /// <summary>It could not be checked.</summary>
    Unknown,
}
