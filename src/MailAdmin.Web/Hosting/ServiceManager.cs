using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Hosting.Systemd;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// What systemd is told of a process that it started with <c>Type=notify</c>: that it is ready, that it stops, that it still works.
/// </summary>
internal static class ServiceManager
{
    /// <summary>
    /// Whether systemd waits for notifications (sd_notify(3)). <c>AddSystemd</c> looks for systemd in the name of the parent process, which
    /// a unit with <c>ProtectProc=</c> may not see.
    /// </summary>
    public static bool IsPresent => Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 };

    public static void AddServiceManager(this IServiceCollection services)
    {
        if (!IsPresent) return;
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        // READY=1 once every hosted service has started: the sockets are open then.
        services.AddSingleton<IHostLifetime, SystemdLifetime>();
        if (WatchdogHostedService.IntervalOf(Environment.GetEnvironmentVariable("WATCHDOG_USEC")) is not { } interval) return;
        services.AddHostedService(provider => new WatchdogHostedService(
            provider.GetRequiredService<ISystemdNotifier>(), interval, provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Sends a notification, with a socket for systemd to keep. systemd has a copy of the descriptor then.</summary>
    public static void Tell(string state, Socket? socket)
    {
        int[] descriptors = socket is null ? [] : [(int)socket.Handle];
        var sent = sd_pid_notify_with_fds(0, 0, Encoding.UTF8.GetBytes(state + '\0'), descriptors, (uint)descriptors.Length);
        if (sent < 0) throw new InvalidOperationException($"systemd does not take '{state}': error {-sent}.");
    }

    // .NET can't send descriptors. The library is a part of systemd.
    [DllImport("libsystemd.so.0")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sd_pid_notify_with_fds(int process, int unsetEnvironment, byte[] state, int[] descriptors, uint count);
}
