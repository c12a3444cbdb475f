using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that the server supports all extensions that the vacation script needs.</summary>
internal sealed class SieveExtensionsCheck(SieveEndpoint sieve, DoctorOptions options) : Check("SieveExtensions")
{
    private static readonly string[] Needed = ["vacation", "date", "relational", "variables", "envelope", "include"];

    public override bool ReadsDatabase => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await sieve.CheckAsync(client => Find(client.Capabilities.Extensions), cancellationToken);
        }
        catch (Exception e) when (e is ServerRefusedException or ServerUnavailableException)
        {
            return [Finding.Unknown("NotSignedIn")];
        }
    }

    private IReadOnlyList<Finding> Find(IReadOnlySet<string> known)
    {
        var missing = Needed.Where(n => !known.Contains(n)).ToList();
        if (missing.Count == 0) return [];
        return [new(
            "SieveExtensionsMissing", ImapdPlace.Of(options, "sieve_extensions"),
            $"sieve_extensions: {string.Join(' ', known.Concat(missing))}", string.Join(", ", missing))];
    }
}
