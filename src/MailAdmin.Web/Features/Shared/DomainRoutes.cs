namespace MailAdmin.Web.Features.Shared;

/// <summary>The URLs of one domain's pages.</summary>
/// <param name="Name">The domain in A-labels.</param>
public readonly record struct DomainRoutes(string Name)
{
    /// <summary>Redirects to its accounts.</summary>
    public string Show => $"{Routes.Domains}/{Name}";

    public string Accounts => Show + "/accounts";

    /// <summary>The accounts, those with full mailboxes first.</summary>
    public string FullAccounts => Accounts + "?sort=state&dir=desc";

    public string DeletedAccounts => Accounts + "/deleted";

    public string Aliases => Show + "/aliases";

    public string Copies => Show + "/copies";

    public string Delete => Show + "/delete";

    public string Settings => Show + "/settings";

    public string Routing => Show + "/routing";

    public string ChangeRouting => Routing + "/change";

    public string Sending => Show + "/sending";

    /// <param name="username">Usernames contain no character that a URL would have to escape.</param>
    public AccountRoutes Account(string username) => new($"{Accounts}/{username}");

    public AliasRoutes Alias(long id) => new($"{Aliases}/{Routes.Number(id)}");

    public string RestoreAccount(long id) => $"{DeletedAccounts}/{Routes.Number(id)}/restore";

    public string PurgeAccount(long id) => $"{DeletedAccounts}/{Routes.Number(id)}/delete";
}

/// <summary>The URLs of one alias's pages.</summary>
public readonly record struct AliasRoutes(string Show)
{
    public string Delete => Show + "/delete";
}
