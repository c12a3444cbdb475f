using MailAdmin.Core.Addresses;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>What the name of a mailbox tells about the account that it had.</summary>
/// <param name="LocalPart">Null if only the domain is known: a numbered username does not tell the address.</param>
public sealed record AdoptionSuggestion(MailDomain Domain, LocalPart? LocalPart);

/// <summary>
/// Finds the domain whose naming scheme makes a mailbox's name, whatever scheme that domain has now: <c>gugus.dupont.exemple.be</c> or
/// <c>exemple0001</c>.
/// </summary>
public sealed class AdoptionSuggestions(MailDatabase database)
{
    /// <returns>Null if no domain makes such a name.</returns>
    public async Task<AdoptionSuggestion?> OfAsync(Username username, CancellationToken cancellationToken = default)
    {
        var names = NamesIn(username.Value).ToList();
        var prefix = username.Value.TrimEnd([.. "0123456789"]);
        List<Prefix> prefixes = [.. PrefixesIn(username.Value, prefix.Length)];
        await using var context = database.Open();
        var domains = await context.Domains
            .Where(d => d.State != DomainState.Deleting && (names.Contains(d.Name) || prefixes.Contains(d.Prefix)))
            .ToListAsync(cancellationToken);
        // The longest name first: sub.exemple.be and exemple.be both end the username.
        foreach (var domain in domains.Where(d => names.Contains(d.Name)).OrderByDescending(d => d.Name.Value.Length))
        {
            var before = username.Value[..^(domain.Name.Value.Length + 1)];
            if (LocalPart.TryParse(before, out var localPart, out _)) return new(domain, localPart);
        }
        var numbered = domains.Where(d => PassedNames.NumberOf(username.Value, d.Prefix) is not null).MaxBy(d => d.Prefix.Value.Length);
        return numbered is null ? null : new(numbered, null);
    }

    // What follows each dot, as far as it is a domain name.
    private static IEnumerable<DomainName> NamesIn(string username)
    {
        for (var dot = username.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = username.IndexOf('.', dot + 1))
            if (DomainName.TryParse(username[(dot + 1)..], out var name)) yield return name;
    }

    // A prefix may end with digits itself.
    private static IEnumerable<Prefix> PrefixesIn(string username, int shortest)
    {
        for (var length = Math.Max(1, shortest); length < username.Length; length++)
            if (Prefix.TryParse(username[..length], out var prefix, out _)) yield return prefix;
    }
}
