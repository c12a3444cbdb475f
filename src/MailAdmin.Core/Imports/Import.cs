namespace MailAdmin.Core.Imports;

/// <summary>A list of accounts and aliases that somebody uploaded: first a preview, then carried out in steps.</summary>
public sealed class Import
{
    public long Id { get; set; }

    /// <summary>The admin who uploaded it; null for the command line.</summary>
    public long? AdminId { get; set; }

    /// <summary>The name of that admin, or of the command line's user, in the audit.</summary>
    public required string ActorName { get; set; }

    public string? RemoteAddress { get; set; }

    /// <summary>The only domain that it may change; null for a superuser's list of several domains.</summary>
    public long? DomainId { get; set; }

    /// <summary>Null for pasted lines.</summary>
    public string? FileName { get; set; }

    public string? Encoding { get; set; }

    public string? Separator { get; set; }

    /// <summary>Headings that were not understood, separated by line ends.</summary>
    public string IgnoredHeadings { get; set; } = "";

    /// <summary>Passwords and hashes of the list also replace those of existing accounts.</summary>
    public bool ReplacesPasswords { get; set; }

    public ImportState State { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}

public enum ImportState
{
    /// <summary>It waits to be started or discarded. After a day it is deleted.</summary>
    Previewed,

    /// <summary>The worker carries it out.</summary>
    Running,

    Done,
}

/// <summary>One row of the list: what it would do, and then what came of it.</summary>
public sealed class ImportRow
{
    public long ImportId { get; set; }

    /// <summary>The order in which rows are carried out: accounts first, then aliases after those that they lead to.</summary>
    public int Number { get; set; }

    /// <summary>The first line of the row in the list, from 1.</summary>
    public int Line { get; set; }

    /// <summary>The address, as far as it was understood; otherwise the text of its cell.</summary>
    public required string Subject { get; set; }

    public ImportKind Kind { get; set; }

    public ImportAction Action { get; set; }

    public ImportRowState State { get; set; }

    /// <summary>What it changes or sets, as JSON (<see cref="FieldChange"/>); never a password.</summary>
    public string? Changes { get; set; }

    /// <summary>Why it is wrong or was refused, as JSON.</summary>
    public string? Problems { get; set; }

    /// <summary>The row's cells, sealed; null once they are not needed any more.</summary>
    public byte[]? Sealed { get; set; }

    /// <summary>The account that it created or changed.</summary>
    public long? AccountId { get; set; }

    /// <summary>The password that was generated, sealed; null once it was handed over or its day is over.</summary>
    public byte[]? Password { get; set; }

    public DateTimeOffset? DoneAt { get; set; }
}

public enum ImportKind
{
    Account,
    Alias,
}

public enum ImportAction
{
    Create,
    Change,
    Unchanged,

    /// <summary>It cannot be carried out; its problems say why.</summary>
    Wrong,
}

public enum ImportRowState
{
    /// <summary>It is to be carried out.</summary>
    Waiting,

    /// <summary>The account exists; its redirect is set after all other rows, because it may lead to them.</summary>
    RedirectWaiting,

    Done,

    /// <summary>It was refused when it was carried out.</summary>
    Refused,

    /// <summary>Unchanged or wrong: there is nothing to carry out.</summary>
    Skipped,
}

/// <param name="From">The present value; null if there is none.</param>
/// <param name="To">The new value; null for a password.</param>
public sealed record FieldChange(ListColumn Column, string? From, string? To);
