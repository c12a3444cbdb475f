namespace MailAdmin.Web.Commands;

/// <summary>A command's exit code, for scripts (docs/operations/commands.md).</summary>
internal enum ExitCode
{
    /// <summary>All is well, or the request was carried out.</summary>
    Fine = 0,

    /// <summary>The check found something wrong, or the request was refused.</summary>
    Findings = 1,

    /// <summary>The command line or the settings file is wrong; nothing was done.</summary>
    Usage = 2,

    /// <summary>The database or a server could not be queried, so nothing is known.</summary>
    Unreachable = 3,

    /// <summary>A bug in the panel.</summary>
    Fault = 4,
}
