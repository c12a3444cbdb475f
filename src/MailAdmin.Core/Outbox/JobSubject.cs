using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Outbox;

/// <summary>A job and the rows of its subject, for queries.</summary>
internal sealed class JobSubject
{
    public required ProvisioningJob Job { get; init; }

    public Account? Account { get; init; }

    public RetiredUsername? Retired { get; init; }

    public MailDomain? Domain { get; init; }
}
