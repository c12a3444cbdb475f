namespace MailAdmin.Core.Search;

/// <summary>
/// A text by which something can be found. Triggers keep these rows equal to their source tables; nothing else writes them.
/// </summary>
public sealed class SearchEntry
{
    // Rows of a kind have their ids in one range, so that the index reads only that range.
    private const int IdBits = 56;

    /// <summary>Eight times the id of the source row, plus a number for its table, in the range of the kind.</summary>
    public long Id { get; set; }

    public SearchKind Kind { get; set; }

    /// <summary>Admins who may see this domain can find the entry.</summary>
    public long DomainId { get; set; }

    /// <summary>Id of the domain, account or alias that it leads to.</summary>
    public long SubjectId { get; set; }

    /// <summary>ASCII in lower case: a name as A-labels, a username, a local part, or a destination.</summary>
    public required string Text { get; set; }

    /// <summary>The lowest and the highest possible id of entries of a kind.</summary>
    public static (long First, long Last) IdsOf(SearchKind kind) => ((long)kind << IdBits, ((long)kind + 1 << IdBits) - 1);
}

/// <summary>What is found. Both the names and the numbers are stored in the database (<see cref="SearchEntry.Id"/>).</summary>
public enum SearchKind
{
    /// <summary>A domain, by its own name or another name.</summary>
    Domain,

    /// <summary>An account, by its username or an address.</summary>
    Account,

    /// <summary>An alias, by its address.</summary>
    Alias,

    /// <summary>An alias, by one of its destinations.</summary>
    Destination,

    /// <summary>An account, by a destination of its redirect.</summary>
    Redirect,
}
