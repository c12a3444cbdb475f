namespace MailAdmin.Core.Results;

/// <summary>A domain, account or alias that the reader of the problem may see.</summary>
/// <param name="Domain">The domain's name, in A-labels.</param>
/// <param name="Username">Set for an account.</param>
/// <param name="AliasId">Set for an alias. If neither is set, it is the domain itself.</param>
public sealed record ProblemLink(string Domain, string? Username = null, long? AliasId = null);
