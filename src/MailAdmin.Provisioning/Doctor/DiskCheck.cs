using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks the free space of the disks with the database, the maps and the mail, as far as they are on this host.</summary>
internal sealed class DiskCheck(DoctorOptions options, MailLayout layout, MapOptions? maps = null) : Check("Disk")
{
    private const long MiB = 1024 * 1024;

    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        string?[] folders = [Path.GetDirectoryName(Path.GetFullPath(options.Database)), maps?.Folder,
            ConfigFile.Imapd(options.ImapdConf)?["partition-default"]?.Value ?? layout.CyrusSpool];
        var findings = folders.OfType<string>().Where(Directory.Exists).Select(FindingOf).OfType<Finding>();
        return Task.FromResult<IReadOnlyList<Finding>>([.. findings.DistinctBy(f => f.Place, StringComparer.Ordinal)]);
    }

    private Finding? FindingOf(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace / MiB;
        return free >= options.LeastFreeMiB ? null : new Finding("DiskLow", folder, null, free, options.LeastFreeMiB);
    }
}
