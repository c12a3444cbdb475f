using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>How the holder of rights in a mailbox (RFC 4314) relates to its owner.</summary>
public enum RightsHolder
{
    /// <summary>An account of the owner's own domain: sharing between colleagues.</summary>
    Colleague,

    /// <summary>An account of another domain.</summary>
    Stranger,

    /// <summary><c>anyone</c> or <c>anonymous</c>: every user of this server.</summary>
    Everybody,

    /// <summary>No account has that name.</summary>
    Nobody,
}

/// <summary>Classifies the identifiers of an access list as colleagues or strangers by their usernames.</summary>
public sealed class RightsHolders(MailDatabase database)
{
    // Bounds the parameters of one statement.
    private const int ChunkSize = 500;

    private static readonly string[] Everybody = ["anyone", "anonymous"];

    /// <summary>The domains of those identifiers that are accounts, including deleted ones that can be restored.</summary>
    public async Task<IReadOnlyDictionary<string, DomainName>> DomainsAsync(
        IEnumerable<string> identifiers, CancellationToken cancellationToken)
    {
        var usernames = identifiers.Distinct(StringComparer.Ordinal)
            .Select(Username.OfMailbox).OfType<Username>().ToList();
        var found = new Dictionary<string, DomainName>(StringComparer.Ordinal);
        if (usernames.Count == 0) return found;
        await using var context = database.Open();
        foreach (var chunk in usernames.Chunk(ChunkSize))
        {
            foreach (
                var account in await context.Accounts.Where(a => chunk.Contains(a.Username)).Select(a => new { a.Username, a.Domain!.Name })
                    .ToListAsync(cancellationToken))
                found[account.Username.Value] = account.Name;
        }
        return found;
    }

    /// <param name="identifier">The identifier in the access list.</param>
    /// <param name="owner">The domain of the mailbox's owner.</param>
    /// <param name="domains">The result of <see cref="DomainsAsync"/>.</param>
    public static RightsHolder Of(string identifier, DomainName owner, IReadOnlyDictionary<string, DomainName> domains) =>
        Everybody.Contains(identifier, StringComparer.Ordinal) ? RightsHolder.Everybody
        : !domains.TryGetValue(identifier, out var domain) ? RightsHolder.Nobody
        : domain == owner ? RightsHolder.Colleague : RightsHolder.Stranger;

    /// <summary>The identifiers that should not have rights: all but colleagues.</summary>
    public async Task<IReadOnlyCollection<string>> ForeignAsync(
        DomainName owner, IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken)
    {
        var domains = await DomainsAsync(identifiers, cancellationToken);
        return [.. identifiers.Where(i => Of(i, owner, domains) != RightsHolder.Colleague)];
    }
}
