namespace MailAdmin.Web.Features.Shared;

/// <summary>The URLs of one account's pages and forms.</summary>
/// <param name="Show">The account's main page.</param>
public readonly record struct AccountRoutes(string Show)
{
    /// <summary>The waiting mail on the account's main page.</summary>
    public string Waiting => Show + "#waiting";

    public string Addresses => Show + "/addresses";

    public string CatchAll => Show + "/catch-all";

    public string ClientSettings => Show + "/client-settings";

    public string Copy => Show + "/copy";

    public string TestCopy => Copy + "/test";

    public string PauseCopy => Copy + "/pause";

    public string ResumeCopy => Copy + "/resume";

    public string CancelCopy => Copy + "/cancel";

    public string Delete => Show + "/delete";

    public string Mailbox => Show + "/mailbox";

    public string RenameMailbox => Mailbox + "/username";

    public string TakeOverMailbox => Mailbox + "/take-over";

    public string Name => Show + "/name";

    public string Password => Show + "/password";

    public string PasswordLink => Show + "/password-link";

    public string Quota => Show + "/quota";

    public string Redirect => Show + "/redirect";

    public string Sending => Show + "/sending";

    public string LiftSendingLimit => Sending + "/lift";

    public string Services => Show + "/services";

    public string SetFiltersAside => Show + "/filters/set-aside";

    public string DeleteSharing => Show + "/sharing/delete";

    public string State => Show + "/state";

    public string Resume => State + "/resume";

    public string Vacation => Show + "/vacation";

    public string MakeOfficial(long address) => $"{Addresses}/{Routes.Number(address)}/official";

    public string DeleteAddress(long address) => $"{Addresses}/{Routes.Number(address)}/delete";
}
