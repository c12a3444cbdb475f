using MailAdmin.Provisioning.Cyrus;
using MailKit.Security;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that Cyrus answers and accepts the administrator's sign-in.</summary>
internal sealed class ImapSignInCheck(ImapEndpoint imap, DoctorOptions options) : Check("ImapSignIn")
{
    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var session = await imap.OpenAsync(cancellationToken);
            return [];
        }
        catch (CyrusUnavailableException refused) when (refused.InnerException is AuthenticationException)
        {
            var setting = imap.Options.AdminPasswordFile is { } file ? $"Cyrus:AdminPasswordFile ({file})" : "Cyrus:AdminPassword";
            return [new(
                "CyrusSignInRefused", $"{options.SettingsFile}: {setting}", null, imap.Options.AdminUser, refused.InnerException.Message)];
        }
        catch (CyrusUnavailableException away)
        {
            return [new("CyrusAway", $"{options.SettingsFile}: Cyrus:Host, Cyrus:Port", null, away.Message)];
        }
    }
}
