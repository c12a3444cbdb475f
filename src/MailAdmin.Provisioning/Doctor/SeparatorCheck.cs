namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that the hierarchy separator is "/", so that a dot can be part of a name.</summary>
internal sealed class SeparatorCheck(ImapEndpoint imap, DoctorOptions options) : Check("Separator")
{
    public override Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => imap.CheckAsync(
        session =>
        {
            var separator = (session.Others ?? session.Own).DirectorySeparator;
            Finding[] found = separator == '/'
                ? [] : [new("SeparatorWrong", ImapdPlace.Of(options, "unixhierarchysep"), "unixhierarchysep: yes", separator.ToString())];
            return Task.FromResult<IReadOnlyList<Finding>>(found);
        },
        cancellationToken);
}
