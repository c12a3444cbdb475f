using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Aliases;

/// <summary>A new alias (manual, fig. 6); destinations may be given now or later.</summary>
public sealed record AliasForm(string? Address, string? Destinations);

/// <summary>Destinations to add: one a line, or as pasted.</summary>
public sealed record DestinationForm(string? Destinations);

/// <summary>The aliases of a domain (manual, fig. 9 and 10).</summary>
public sealed record AliasesPage(MailDomain Domain, Page<AliasRow> Aliases, ListQuery Query);

public sealed record NewAliasPage(MailDomain Domain, AliasForm Form);

/// <summary>One alias (manual, fig. 7 and 8).</summary>
/// <param name="Back">The list or search that the alias was chosen from, or null.</param>
public sealed record AliasPage(
    MailDomain Domain, AliasRow Alias, Page<DestinationRow> Destinations, DestinationForm Form, PageQuery Query, string? Back)
{
    public string List => AliasList.Of(Domain, Back);

    public string Address => $"{Alias.LocalPart}@{Domain.Name.Display}";
}

/// <param name="Goes">Where its mail goes afterwards: an address or a mailbox; null if it is refused.</param>
/// <param name="Back">The list or search that the alias was chosen from, or null.</param>
public sealed record DeleteAliasPage(
    MailDomain Domain, AliasDeletionImpact DeletionImpact, EffectsView? Effects, string? Goes, string? Back)
{
    public string List => AliasList.Of(Domain, Back);

    public AliasRow Alias => DeletionImpact.Alias;

    public string Address => $"{Alias.LocalPart}@{Domain.Name.Display}";
}

/// <summary>Confirms the removal of several destinations, or of the last one.</summary>
/// <param name="Removed">The destinations that will be removed.</param>
/// <param name="First">The part of the list to return to.</param>
public sealed record RemoveDestinationsPage(
    MailDomain Domain, AliasRow Alias, IReadOnlyList<DestinationRow> Removed, EffectsView? Effects, int? First, string? Back)
{
    public string Address => $"{Alias.LocalPart}@{Domain.Name.Display}";

    public bool NoneRemains => Removed.Count == Alias.DestinationCount;
}

/// <summary>Texts about destinations.</summary>
public static class DestinationText
{
    /// <summary>A remark about the destination's state, or null if all is well.</summary>
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
