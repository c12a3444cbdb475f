namespace MailAdmin.Web.Features.Shared;

/// <summary>The search of a list, for <c>_SearchBox</c>; the order and the size stay as they are.</summary>
/// <param name="Label">What is looked for: "Chercher un domaine".</param>
public sealed record SearchBox(string Label, ListQuery Query);
