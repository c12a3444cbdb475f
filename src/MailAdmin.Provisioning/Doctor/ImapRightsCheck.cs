namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that Cyrus knows the administrator as one: only administrators see others' mailboxes under their own names.</summary>
internal sealed class ImapRightsCheck(ImapEndpoint imap, DoctorOptions options) : Check("ImapRights")
{
    private const string OfUsers = "user";

    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => imap.CheckAsync(
        session =>
        {
            var user = imap.Options.AdminUser;
            Finding[] found = session.Others?.Path != OfUsers
                ? [new("NotAdministrator", ImapdPlace.Of(options, "admins"), $"admins: {user}", user)] : [];
            return Task.FromResult<IReadOnlyList<Finding>>(found);
        },
        cancellationToken);
}
