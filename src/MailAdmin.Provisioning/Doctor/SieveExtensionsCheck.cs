using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>The server compiles all that vacation messages are written with.</summary>
internal sealed class SieveExtensionsCheck(SieveDoor sieve, DoctorOptions options) : Check("SieveExtensions")
{
    private static readonly string[] Needed = ["vacation", "date", "relational", "variables", "envelope", "include"];

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = await sieve.OpenAsync(cancellationToken);
            if (client is null) return [Finding.Unknown("NoAccount")];
            var missing = Needed.Where(n => !client.Capabilities.Extensions.Contains(n)).ToList();
            if (missing.Count == 0) return [];
            var all = string.Join(' ', client.Capabilities.Extensions.Concat(missing));
            return [new("SieveExtensionsMissing", ImapdPlace.Of(options, "sieve_extensions"), $"sieve_extensions: {all}", string.Join(", ", missing))];
        }
        catch (Exception e) when (e is SieveRefusedException or SieveUnavailableException)
        {
            return [Finding.Unknown("NotSignedIn")];
        }
    }
}
