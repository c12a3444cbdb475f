using System.Globalization;

namespace MailAdmin.Provisioning.Worker;

/// <summary>Names a worker by host and process, so that the next one on the same host can tell which of its forerunners are dead.</summary>
internal sealed record WorkerName(string Host, int ProcessId, string Instance)
{
    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Host}:{ProcessId}:{Instance}");

    public static WorkerName Own() => new(Environment.MachineName, Environment.ProcessId, Guid.NewGuid().ToString("N")[..8]);

    /// <summary>Whether a worker of this host has ended. Of another host nothing is known: its leases end by themselves.</summary>
    public bool IsDead(string other)
    {
        var parts = other.Split(':');
        if (parts.Length != 3 || parts[0] != Host || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id)) return false;
        // Our own process holds one worker: another name with our id is that of a forerunner whose id we were given.
        return id == ProcessId ? other != Value : !Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}"));
    }
}
