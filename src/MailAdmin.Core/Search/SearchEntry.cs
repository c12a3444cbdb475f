namespace MailAdmin.Core.Search;

/// <summary>
/// A text by which something is found. The database keeps these rows equal to the tables that they speak of, by triggers; nothing else
/// writes them.
/// </summary>
public sealed class SearchEntry
{
    // Rows of a kind have their ids in one range: the index goes through that alone.
    private const int IdBits = 56;

    /// <summary>Eight times the id of the row that it stands for, plus a number for that row's table, in the range of its kind.</summary>
    public long Id { get; set; }

    public SearchKind Kind { get; set; }

    /// <summary>Whoever sees this domain may find it.</summary>
    public long DomainId { get; set; }

    /// <summary>The domain, account or alias that it leads to.</summary>
    public long SubjectId { get; set; }

    /// <summary>ASCII in lower case: a name as A-labels, a username, a local part, or a destination.</summary>
    public required string Text { get; set; }

    /// <summary>The least and the greatest id that entries of a kind may have.</summary>
    public static (long First, long Last) IdsOf(SearchKind kind) => ((long)kind << IdBits, ((long)kind + 1 << IdBits) - 1);
}

/// <summary>What is found. The database knows both the names and the numbers (<see cref="SearchEntry.Id"/>).</summary>
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
