using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Search;

/// <summary>The hits by kind; kinds without a hit are left out.</summary>
public sealed record SearchResults(IReadOnlyList<SearchGroup> Groups);

/// <param name="Page">A page of the hits, best first.</param>
/// <param name="IsAll">The count is complete; otherwise only the best candidates were compared, and there may be more hits.</param>
public sealed record SearchGroup(SearchKind Kind, Page<SearchHit> Page, bool IsAll)
{
    public IReadOnlyList<SearchHit> Hits => Page.Rows;

    /// <summary>There are more hits than shown.</summary>
    public bool HasMore => Page.HasNext || Page.HasPrevious;
}

/// <param name="Domain">The domain that it belongs to, or is.</param>
/// <param name="Text">The text that matched, for display.</param>
/// <param name="Account">Set for kind Account or Redirect.</param>
/// <param name="Alias">Set for kind Alias or Destination.</param>
/// <param name="ByDestination">The text is a destination of the alias or of the redirect.</param>
public sealed record SearchHit(SearchDomain Domain, string Text, AccountRow? Account, AliasRow? Alias, bool ByDestination);

public sealed record SearchDomain(DomainName Name, DomainState State, DomainRouting Routing, int AccountCount, int? MaxAccounts);
