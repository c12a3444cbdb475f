namespace MailAdmin.Core.Search;

/// <summary>
/// A text by which something is found. The database keeps these rows equal to the tables that they speak of, by triggers; nothing else writes them.
/// </summary>
public sealed class SearchEntry
{
    /// <summary>Eight times the id of the row that it stands for, plus a number for that row's table.</summary>
    public long Id { get; set; }

    public SearchKind Kind { get; set; }

    /// <summary>Whoever sees this domain may find it.</summary>
    public long DomainId { get; set; }

    /// <summary>The domain, account or alias that it leads to.</summary>
    public long SubjectId { get; set; }

    /// <summary>ASCII in lower case: a name as A-labels, a username, a local part, or a destination.</summary>
    public required string Text { get; set; }
}

/// <summary>What is found. The first three letters of a name are a term of the index: no two may share them.</summary>
public enum SearchKind
{
    /// <summary>By its own name or another name.</summary>
    Domain,

    /// <summary>By its username or an address.</summary>
    Account,

    /// <summary>By its address.</summary>
    Alias,

    /// <summary>An alias by where it leads.</summary>
    Destination,

    /// <summary>An account by where its redirect leads.</summary>
    Redirect,
}
