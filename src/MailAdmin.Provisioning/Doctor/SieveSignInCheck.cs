using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that ManageSieve answers, and lets the administrator act for users.</summary>
internal sealed class SieveSignInCheck(SieveEndpoint sieve, DoctorOptions options) : Check("SieveSignIn")
{
    public override bool ReadsDatabase => true;

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await sieve.CheckAsync(_ => [], cancellationToken);
        }
        catch (SieveRefusedException refused)
        {
            return [new("SieveRefused", ImapdPlace.Of(options, "admins"), null, refused.Message)];
        }
        catch (SieveUnavailableException away)
        {
            return [new(
                "SieveAway", $"{options.SettingsFile}: Sieve:Port; cyrus.conf: SERVICES",
                "sieve cmd=\"timsieved\" listen=\"sieve\" prefork=0", away.Message)];
        }
    }
}
