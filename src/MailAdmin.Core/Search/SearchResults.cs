using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Search;

/// <summary>What was found, kind by kind; kinds without a hit are left out.</summary>
public sealed record SearchResults(IReadOnlyList<SearchGroup> Groups);

/// <param name="Page">The likest of them, or those behind.</param>
/// <param name="IsAll">What is counted is all that there is; else the likest were weighed, and there may be more.</param>
public sealed record SearchGroup(SearchKind Kind, Page<SearchHit> Page, bool IsAll)
{
    public IReadOnlyList<SearchHit> Hits => Page.Rows;

    /// <summary>There is more than is shown.</summary>
    public bool HasMore => Page.HasNext || Page.HasPrevious;
}

/// <param name="Domain">That it belongs to, or is.</param>
/// <param name="Text">By which it was found, as people write it.</param>
/// <param name="Account">Of a hit of kind Account or Redirect.</param>
/// <param name="Alias">Of a hit of kind Alias or Destination.</param>
/// <param name="ByDestination">The text is a destination of the alias or of the redirect.</param>
public sealed record SearchHit(SearchDomain Domain, string Text, AccountRow? Account, AliasRow? Alias, bool ByDestination);

public sealed record SearchDomain(DomainName Name, DomainState State, DomainRouting Routing, int AccountCount, int? MaxAccounts);
