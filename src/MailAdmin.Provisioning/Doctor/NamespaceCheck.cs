namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks that a user's folders are siblings of INBOX, not below it. It signs in as a user, because administrators see other names.
/// </summary>
internal sealed class NamespaceCheck(ImapEndpoint imap, DoctorOptions options) : Check("Namespace")
{
    public override bool ReadsDatabase => true;

    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => imap.LookAsOwnerAsync(
        session =>
        {
            Finding[] found = session.Own.Path.Length == 0
                ? [] : [new("FoldersBelowInbox", ImapdPlace.Of(options, "altnamespace"), "altnamespace: yes", session.Own.Path)];
            return Task.FromResult<IReadOnlyList<Finding>>(found);
        },
        cancellationToken);
}
