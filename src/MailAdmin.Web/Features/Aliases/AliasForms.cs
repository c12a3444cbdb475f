using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Aliases;

/// <summary>A new alias (manual, fig. 6); destinations may come now or later.</summary>
public sealed record AliasForm(string? Address, string? Destinations);

/// <summary>Destinations to add: one a line, or as they were pasted.</summary>
public sealed record DestinationForm(string? Destinations);

/// <summary>The aliases of a domain (manual, fig. 9 and 10).</summary>
public sealed record AliasesPage(MailDomain Domain, Page<AliasRow> Aliases, ListQuery Query);

public sealed record NewAliasPage(MailDomain Domain, AliasForm Form);

/// <summary>One alias (manual, fig. 7 and 8).</summary>
/// <param name="Back">Where the alias was chosen, or null.</param>
public sealed record AliasPage(
    MailDomain Domain, AliasRow Alias, Page<DestinationRow> Destinations, DestinationForm Form, PageQuery Query, string? Back)
{
    public string List => AliasList.Of(Domain, Back);

    public string Address => $"{Alias.LocalPart}@{Domain.Name.Display}";
}

/// <param name="Goes">Where its mail goes then: an address or a mailbox; null where it is refused.</param>
/// <param name="Back">Where the alias was chosen, or null.</param>
public sealed record DeleteAliasPage(
    MailDomain Domain, AliasDeletionImpact DeletionImpact, EffectsView? Effects, string? Goes, string? Back)
{
    public string List => AliasList.Of(Domain, Back);

    public AliasRow Alias => DeletionImpact.Alias;

    public string Address => $"{Alias.LocalPart}@{Domain.Name.Display}";
}

/// <summary>Several destinations go at once, or the last one.</summary>
/// <param name="Removed">Those that go.</param>
/// <param name="First">The part of the list that comes back.</param>
public sealed record RemoveDestinationsPage(
    MailDomain Domain, AliasRow Alias, IReadOnlyList<DestinationRow> Removed, EffectsView? Effects, int? First, string? Back)
{
    public string Address => $"{Alias.LocalPart}@{Domain.Name.Display}";

    public bool NoneRemains => Removed.Count == Alias.DestinationCount;
}

/// <summary>How destinations are spoken of.</summary>
public static class DestinationText
{
    /// <summary>What is to be known of it beside its name, or null when all is well.</summary>
    public static string? Of(DestinationState state) => state switch
    {
        DestinationState.Takes => null,
        DestinationState.BeingMade => AliasTexts.StateBeingMade,
        DestinationState.Full => AliasTexts.StateFull,
        DestinationState.Suspended => AliasTexts.StateSuspended,
        DestinationState.NotReceiving => AliasTexts.StateNotReceiving,
        DestinationState.Gone => AliasTexts.StateGone,
        _ => AliasTexts.StateLeadsNowhere,
    };
}
