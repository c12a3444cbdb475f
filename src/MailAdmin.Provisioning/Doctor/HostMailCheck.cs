using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks that mail to postmaster@, abuse@ and root@ of the host reaches somebody: it expands these addresses by the tables of main.cf, as
/// cleanup does, until each is a mailbox or an address of another host.
/// </summary>
internal sealed class HostMailCheck(MapOptions maps, DoctorOptions options, MailLayout layout) : Check("HostMail")
{
    // Cleanup goes on for much longer; somebody who reads the host's mail is a few steps away.
    private const int Steps = 10;
    private static readonly string[] Parts = ["postmaster", "abuse", "root"];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private string[] OwnNames => [layout.Hostname, layout.Origin];

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var told = await maps.PostconfAsync(["-x", "-h", "virtual_alias_maps"], cancellationToken);
        if (told.ExitCode != 0) return [new("PostconfFailed", PostfixTools.FolderOf(maps), null, told.Error)];
        var tables = TableList.Of(told.Output);
        var findings = new List<Finding>();
        foreach (var address in OwnNames.Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(n => Parts.Select(p => $"{p}@{n}")))
            if (await LostAsync(address, tables, cancellationToken) is { } end) findings.Add(Lost(address, end));
        return findings;
    }

    /// <summary>The address at which the mail ends with nobody to read it; null if somebody does.</summary>
    private async Task<string?> LostAsync(string address, IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> present = [address];
        for (var step = 0; step < Steps; step++)
        {
            var next = new List<string>();
            foreach (var one in present)
            {
                if (DomainOf(one) == layout.Store) return null;
                if (await LookAsync(one, tables, cancellationToken) is { } found) next.AddRange(found);
                else if (!await IsOwnAsync(DomainOf(one), cancellationToken)) return null;
            }
            if (next.Count == 0) return present[0];
            present = [.. next.Distinct(StringComparer.OrdinalIgnoreCase)];
        }
        return address;
    }

    private async Task<IReadOnlyList<string>?> LookAsync(string address, IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        foreach (var key in (string[])[address, "@" + DomainOf(address)])
        {
            foreach (var table in tables)
            {
                if (await QueryAsync(key, table, cancellationToken) is { } found)
                    return found.Split((char[])[',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            }
        }
        return null;
    }

    // A name without a dot (root@localhost) has no server, and the domains of this host have nobody but who is in the tables.
    private async Task<bool> IsOwnAsync(string domain, CancellationToken cancellationToken) =>
        !domain.Contains('.', StringComparison.Ordinal) || OwnNames.Contains(domain, StringComparer.OrdinalIgnoreCase)
            || await QueryAsync(domain, $"lmdb:{maps.Folder}/domains", cancellationToken) is not null;

    private async Task<string?> QueryAsync(string key, string table, CancellationToken cancellationToken)
    {
        try
        {
            var result = await CommandRunner.RunAsync(
                new(maps.Postmap, [.. maps.ConfigArguments, "-q", key, table]) { Deadline = Deadline }, cancellationToken);
            return result.ExitCode == 0 ? result.Output.Trim() : null;
        }
        catch (CommandException)
        {
            return null; // The check of postmap reports it.
        }
    }

    private Finding Lost(string address, string end) => end.Equals(layout.Postmaster, StringComparison.OrdinalIgnoreCase)
        ? new("HostMailLost", $"{options.SettingsFile}: Maps:Postmaster", null, address, end)
        : new("HostMailLost", Path.Combine(PostfixTools.FolderOf(maps), "main.cf"), $"{address}={layout.Postmaster}", address, end);

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();
}
