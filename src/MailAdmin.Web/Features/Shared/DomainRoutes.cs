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

    public string Names => Show + "/names";

    public string Export => Show + "/export";

    public ImportRoutes Import => new(Show + "/import");

    public string Settings => Show + "/settings";

    public string Routing => Show + "/routing";

    public string ChangeRouting => Routing + "/change";

    public string Dns => Show + "/dns";

    public string DnsZone => Dns + "/zone";

    public string Switch => Show + "/switch";

    public string Sending => Show + "/sending";

    /// <summary>Makes the name the main one.</summary>
    /// <param name="name">The name in A-labels.</param>
    public string PromoteName(string name) => $"{Names}/{name}/promote";

    /// <param name="username">Usernames contain no character that a URL would have to escape.</param>
    public AccountRoutes Account(string username) => new($"{Accounts}/{username}");

    public AliasRoutes Alias(long id) => new($"{Aliases}/{Routes.Number(id)}");

    public string RestoreAccount(long id) => $"{DeletedAccounts}/{Routes.Number(id)}/restore";

    public string PurgeAccount(long id) => $"{DeletedAccounts}/{Routes.Number(id)}/delete";
}

/// <summary>The URLs of lists.</summary>
/// <param name="Index">The page where one is uploaded.</param>
public readonly record struct ImportRoutes(string Index)
{
    public string Show(long id) => $"{Index}/{Routes.Number(id)}";

    public string Start(long id) => Show(id) + "/start";

    public string Discard(long id) => Show(id) + "/discard";

    public string Wrong(long id) => Show(id) + "/wrong";

    public string Passwords(long id) => Show(id) + "/passwords";

    public string Links(long id) => Show(id) + "/links";
}

/// <summary>The URLs of one alias's pages.</summary>
public readonly record struct AliasRoutes(string Show)
{
    public string Delete => Show + "/delete";
}
