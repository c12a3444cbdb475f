using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Imports;

/// <summary>A row of the list with its cells understood, what exists already, and what is to be done about it.</summary>
internal sealed class ImportedRow(ListRow source)
{
    public ListRow Source { get; } = source;

    public ImportKind Kind { get; set; }

    public MailDomain? Domain { get; set; }

    public LocalPart? LocalPart { get; set; }

    /// <summary>Further addresses of an account.</summary>
    public List<LocalPart> Further { get; } = [];

    public Username? Username { get; set; }

    public string? PersonName { get; set; }

    /// <summary>Null if the cell is empty: the domain's default for a new account, no change of an existing one.</summary>
    public WantedQuota? Quota { get; set; }

    public string? Password { get; set; }

    /// <summary>A hash in the form in which it is stored.</summary>
    public string? Hash { get; set; }

    /// <summary>Destinations of an alias, or of an account's redirect; null if the cell is empty.</summary>
    public List<string>? Destinations { get; set; }

    public bool? KeepsCopy { get; set; }

    public List<Problem> Problems { get; } = [];

    public ExistingAccount? Account { get; set; }

    public ExistingAlias? Alias { get; set; }

    public List<FieldChange> Changes { get; } = [];

    public ImportAction Action { get; set; }

    public bool IsCarriedOut => Action is ImportAction.Create or ImportAction.Change;

    public bool HasRedirect => Kind == ImportKind.Account && Changes.Exists(c => c.Column is ListColumn.Redirect or ListColumn.KeepsCopy);

    /// <summary>The address as far as it was understood, in A-labels; otherwise its cell.</summary>
    public string Subject => LocalPart is { } part && Domain is { } domain ? $"{part}@{domain.Name}" : Source[ListColumn.Address].Trim();

    /// <summary>All its addresses.</summary>
    public IEnumerable<LocalPart> Addresses => LocalPart is null ? [] : [LocalPart, .. Further];

    public bool Changed(ListColumn column) => Changes.Exists(c => c.Column == column);
}

/// <param name="Value">Null means no limit.</param>
internal sealed record WantedQuota(Quota? Value);

/// <param name="Addresses">The official address first.</param>
/// <param name="Redirect">The destinations of its redirect, as an export writes them; null if it has none.</param>
internal sealed record ExistingAccount(
    long Id, long DomainId, Username Username, string? PersonName, Quota? Quota, string PasswordHash, IReadOnlyList<LocalPart> Addresses,
    IReadOnlyList<string>? Redirect, bool KeepsCopy);

internal sealed record ExistingAlias(long Id, LocalPart LocalPart, IReadOnlyList<string> Destinations);
