namespace MailAdmin.Core.Results;

/// <summary>Something of a domain that whoever is told a problem may see.</summary>
/// <param name="Domain">Its name, in A-labels.</param>
/// <param name="Username">Of the account that it is; null for others.</param>
/// <param name="AliasId">Of the alias that it is; null for others. With neither it is the domain itself.</param>
public sealed record ProblemLink(string Domain, string? Username = null, long? AliasId = null);
