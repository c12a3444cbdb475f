using System.Globalization;
using System.Text.RegularExpressions;
using MailAdmin.Provisioning.Configuration;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks that cyrus.conf allows each service that users reach enough processes: a silent client keeps one for ten minutes and more.
/// </summary>
internal sealed partial class CyrusServicesCheck(DoctorOptions options) : Check("CyrusServices")
{
    private static readonly string[] ForUsers = ["imapd", "pop3d", "timsieved"];

    private string Place => options.CyrusConf ?? Path.Combine(Path.GetDirectoryName(options.ImapdConf) ?? "/etc", "cyrus.conf");

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(Place, cancellationToken);
            return [.. lines.Select((line, n) => Judge(line, n + 1)).OfType<Finding>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [Finding.Unknown("FileUnreadable", Place)];
        }
    }

    private Finding? Judge(string line, int number)
    {
        if (line.TrimStart().StartsWith('#') || Program()
            .Match(line) is not { Success: true } program
            || !ForUsers.Contains(program.Groups["program"].Value, StringComparer.Ordinal)) return null;
        // Without maxchild there is no limit, and the host runs out of memory first.
        var most = Most().Match(line) is { Success: true } found ? int.Parse(found.Groups["most"].Value, CultureInfo.InvariantCulture) : -1;
        if (most >= CyrusServicesConfiguration.Least) return null;
        return new(
            "ServicePlaces", $"{Place}:{number}", $"maxchild={CyrusServicesConfiguration.Most}", line.Trim().Split(' ', '\t')[0], most);
    }

    [GeneratedRegex("""cmd="(\S*/)?(?<program>[a-z0-9]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Program();

    [GeneratedRegex("""maxchild="?(?<most>[0-9]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Most();
}
