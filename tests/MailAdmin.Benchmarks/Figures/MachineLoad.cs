namespace MailAdmin.Benchmarks.Figures;

/// <summary>What else the machine does: a figure taken beside other work is worth little.</summary>
internal static class MachineLoad
{
    /// <summary>Processes that ran or wanted to, over the last minute (<c>uptime</c>).</summary>
    public static string Now() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
