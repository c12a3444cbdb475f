using MailAdmin.Core.Results;

namespace MailAdmin.Core.Backups;

/// <summary>A backup can't be made or restored for a reason that a person can correct.</summary>
/// <param name="problem">The reason.</param>
/// <param name="innerException">What it was found by.</param>
public sealed class BackupException(Problem problem, Exception? innerException = null)
    : Exception($"{problem.Code}: {string.Join(", ", problem.Args)}", innerException)
{
    public Problem Problem { get; } = problem;
}
