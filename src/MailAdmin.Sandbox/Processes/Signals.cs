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
    /// <summary>Signals one process. If it has ended already, this is not an error.</summary>
    public static void Send(int processId, Signal signal) => _ = kill(processId, (int)signal);

    /// <summary>Signals a process and all processes that it started: each daemon leads a process group of its own.</summary>
    public static void SendToGroup(int leader, Signal signal) => _ = kill(-leader, (int)signal);

    // System.Diagnostics.Process can send only SIGKILL.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
