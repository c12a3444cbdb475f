namespace MailAdmin.Benchmarks.Figures;

/// <summary>The load of the machine: a figure that is measured beside other work is worth little.</summary>
internal static class MachineLoad
{
    /// <summary>Processes that ran or were ready to run, over the last minute (<c>uptime</c>).</summary>
    public static string Now() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
