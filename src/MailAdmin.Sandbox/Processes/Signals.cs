using System.Runtime.InteropServices;

namespace MailAdmin.Sandbox.Processes;

/// <summary>Signals by their Linux numbers.</summary>
internal enum Signal
{
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

internal static class Signals
{
    /// <summary>Signals one process. One that is gone already is no error.</summary>
    public static void Send(int processId, Signal signal) => _ = kill(processId, (int)signal);

    /// <summary>Signals a process and all that it started: each daemon leads a process group of its own.</summary>
    public static void SendToGroup(int leader, Signal signal) => _ = kill(-leader, (int)signal);

    // System.Diagnostics.Process knows SIGKILL alone.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
