using System.Runtime.InteropServices;

namespace MailAdmin.Core.Passwords;

/// <summary>.NET's own thread priorities do nothing on Linux, where a thread's niceness does.</summary>
internal static class ThreadPriorities
{
    private const int Process = 0;
    private const int Nice = 5;

    /// <summary>Lets everything else go first on a busy machine. Where it can't be had, the thread just stays as it is.</summary>
    public static void LowerCurrent()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        // "Process 0" is the calling thread alone: Linux counts threads here (setpriority(2), NOTES).
        if (OperatingSystem.IsLinux()) _ = SetPriority(Process, 0, Nice);
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);
}
