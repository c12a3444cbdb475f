using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace MailAdmin.Sandbox.Ports;

/// <summary>
/// A block of a hundred ports that no other sandbox on this machine takes while it is reserved. The folder remembers its block, so that
/// mail programs and bookmarks still work after a restart.
/// </summary>
internal sealed class PortReservation : IDisposable
{
    // Below the range that the kernel uses for outgoing connections.
    private const int FirstBlock = 14100;
    private const int LastBlock = 31900;

    private readonly FileStream _lock;

    private PortReservation(SandboxPorts ports, FileStream @lock) => (Ports, _lock) = (ports, @lock);

    public SandboxPorts Ports { get; }

    /// <exception cref="SandboxException">A required port is in use.</exception>
    public static PortReservation Take(SandboxFolder folder, int? panelPort)
    {
        var reservation = Remembered(folder) is { } block ? Retake(block, folder, panelPort) : TakeFree(panelPort);
        File.WriteAllText(folder.Ports, JsonSerializer.Serialize(new Memory(reservation.Ports.Imap / 100 * 100, reservation.Ports.Panel)));
        return reservation;
    }

    public void Dispose() => _lock.Dispose();

    private static PortReservation Retake(Memory memory, SandboxFolder folder, int? panelPort)
    {
        var ports = SandboxPorts.InBlock(memory.Block) with { Panel = panelPort ?? memory.Panel };
        if (FileLock.TryTake(LockOf(memory.Block)) is not { } held)
            throw new SandboxException(
                $"Another sandbox has the ports from {memory.Block} on. Stop it, or remove {folder.Ports} to have other ports chosen.");

        var taken = ports.All().Where(p => !IsFree(p.Port)).ToList();
        if (taken.Count == 0) return new PortReservation(ports, held);
        held.Dispose();
        throw Taken(
            taken[0].Name, taken[0].Port,
            $"choose another --port if it is the panel's, or remove {folder.Ports} to have other ports chosen");
    }

    private static PortReservation TakeFree(int? panelPort)
    {
        if (panelPort is { } port && !IsFree(port)) throw Taken("panel", port, "choose another --port");
        for (var block = FirstBlock; block <= LastBlock; block += 100)
        {
            var ports = SandboxPorts.InBlock(block);
            ports = ports with { Panel = panelPort ?? ports.Panel };
            if (FileLock.TryTake(LockOf(block)) is not { } held) continue;
            if (ports.All().All(p => IsFree(p.Port))) return new PortReservation(ports, held);
            held.Dispose();
        }
        throw new SandboxException($"No hundred loopback ports between {FirstBlock} and {LastBlock} are free. Stop other sandboxes first.");
    }

    private static Memory? Remembered(SandboxFolder folder) =>
        File.Exists(folder.Ports) ? JsonSerializer.Deserialize<Memory>(File.ReadAllText(folder.Ports)) : null;

    private static SandboxException Taken(string name, int port, string remedy) => new(
        $"Port {port} ({name}) is taken by another program: 'ss -ltnp sport = :{port}' names it. Stop that program, or {remedy}.");

    // Check both loopback addresses, because the panel listens on localhost, which may be either.
    private static bool IsFree(int port) =>
        IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port));

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return true; // IPv6 is built in and switched off
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string LockOf(int block) => $"/run/lock/mailadmin-sandbox-{block}.lock";

    private sealed record Memory(int Block, int Panel);
}
