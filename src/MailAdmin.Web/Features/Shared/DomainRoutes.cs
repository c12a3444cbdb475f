namespace MailAdmin.Web.Features.Shared;

/// <summary>The pages of one domain.</summary>
/// <param name="Name">A-labels.</param>
public readonly record struct DomainRoutes(string Name)
{
    /// <summary>Leads on to its accounts.</summary>
    public string Show => $"{Routes.Domains}/{Name}";

    public string Accounts => Show + "/accounts";

    /// <summary>Accounts with full mailboxes first.</summary>
    public string FullAccounts => Accounts + "?sort=state&dir=desc";

    public string DeletedAccounts => Accounts + "/deleted";

    public string Aliases => Show + "/aliases";

    public string Delete => Show + "/delete";

    public string Settings => Show + "/settings";

    public string Routing => Show + "/routing";

    public string ChangeRouting => Routing + "/change";

    public string Sending => Show + "/sending";

    /// <param name="username">A username has no character that an address of the web would have to escape.</param>
    public AccountRoutes Account(string username) => new($"{Accounts}/{username}");

    public AliasRoutes Alias(long id) => new($"{Aliases}/{Routes.Number(id)}");

    public string RestoreAccount(long id) => $"{DeletedAccounts}/{Routes.Number(id)}/restore";

    public string PurgeAccount(long id) => $"{DeletedAccounts}/{Routes.Number(id)}/delete";
}

/// <summary>The pages of one alias.</summary>
public readonly record struct AliasRoutes(string Show)
{
    public string Delete => Show + "/delete";
}
