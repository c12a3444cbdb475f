using System.Globalization;

namespace MailAdmin.Provisioning.Worker;

/// <summary>Names a worker by host and process, so that the next worker on that host can tell which of its predecessors are dead.</summary>
internal sealed record WorkerName(string Host, int ProcessId, string Instance)
{
    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Host}:{ProcessId}:{Instance}");

    public static WorkerName Own() => new(Environment.MachineName, Environment.ProcessId, Guid.NewGuid().ToString("N")[..8]);

    /// <summary>Whether a worker of this host has ended. False for a worker of another host: its leases expire by themselves.</summary>
    public bool IsDead(string other)
    {
        var parts = other.Split(':');
        if (parts.Length != 3 || parts[0] != Host || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id)) return false;
        // This process has one worker: another name with its process id belongs to a predecessor whose id the system has reused.
        return id == ProcessId ? other != Value : !Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}"));
    }
}
