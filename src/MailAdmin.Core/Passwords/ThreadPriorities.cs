using System.Runtime.InteropServices;

namespace MailAdmin.Core.Passwords;

/// <summary>.NET's own thread priorities have no effect on Linux; a thread's niceness has.</summary>
internal static class ThreadPriorities
{
    private const int Process = 0;
    private const int Nice = 5;

    /// <summary>Gives everything else precedence on a busy machine. If this fails, the thread keeps its priority.</summary>
    public static void LowerCurrent()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        // "Process 0" is only the calling thread, because Linux applies this to threads (setpriority(2), NOTES).
        if (OperatingSystem.IsLinux()) _ = SetPriority(Process, 0, Nice);
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);
}
