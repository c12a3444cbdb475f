namespace MailAdmin.Web.Features.Shared;

/// <summary>The model of <c>_SearchBox</c>: the search of a list, which keeps the order and the size.</summary>
/// <param name="Label">The label: "Chercher un domaine".</param>
public sealed record SearchBox(string Label, ListQuery Query);
