namespace MailAdmin.Web.Commands;

/// <summary>How a command ended, for scripts (docs/operations.md).</summary>
internal enum ExitCode
{
    /// <summary>All is well, or what was asked is done.</summary>
    Fine = 0,

    /// <summary>It was looked, and something is not as it should be; or what was asked was refused.</summary>
    Findings = 1,

    /// <summary>The command line or the settings file is wrong; nothing was done.</summary>
    Usage = 2,

    /// <summary>The database or a server could not be asked, so nothing is known.</summary>
    Unreachable = 3,

    /// <summary>A fault of ours.</summary>
    Fault = 4,
}
