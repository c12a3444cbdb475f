namespace MailAdmin.Provisioning.Doctor;

/// <summary>A user's folders stand beside their INBOX, not below it. Administrators are shown other names, so a user looks.</summary>
internal sealed class NamespaceCheck(ImapEndpoint imap, DoctorOptions options) : Check("Namespace")
{
    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => imap.LookAsOwnerAsync(
        session =>
        {
            Finding[] found = session.Own.Path.Length == 0
                ? [] : [new("FoldersBelowInbox", ImapdPlace.Of(options, "altnamespace"), "altnamespace: yes", session.Own.Path)];
            return Task.FromResult<IReadOnlyList<Finding>>(found);
        },
        cancellationToken);
}
