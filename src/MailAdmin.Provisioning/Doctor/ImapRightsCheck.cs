namespace MailAdmin.Provisioning.Doctor;

/// <summary>The administrator is one for Cyrus too: only they are shown the mailboxes of others by their own names.</summary>
internal sealed class ImapRightsCheck(ImapEndpoint imap, DoctorOptions options) : Check("ImapRights")
{
    private const string OfUsers = "user";

    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => imap.LookAsync(
        session =>
        {
            var user = imap.Options.AdminUser;
            Finding[] found = session.Others?.Path != OfUsers
                ? [new("NotAdministrator", ImapdPlace.Of(options, "admins"), $"admins: {user}", user)] : [];
            return Task.FromResult<IReadOnlyList<Finding>>(found);
        },
        cancellationToken);
}
