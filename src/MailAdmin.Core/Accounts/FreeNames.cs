using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Asks the mail server, before the transaction, which names that an account may get have a mailbox already.</summary>
public sealed class FreeNames(MailDatabase database, IMailboxNames server)
{
    // Numbers that are asked for together; where all of them are taken, the next ask is larger.
    private static readonly int[] Steps = [8, 64, 512];

    /// <param name="localPart">Of the official address, where the username may be made of it; null where it is chosen or numbered.</param>
    /// <returns>Names that nobody gets, among those that this account could get.</returns>
    internal async Task<IReadOnlySet<Username>> TakenAsync(long domainId, LocalPart? localPart, Username? chosen)
    {
        await using var context = database.Open();
        var domain = await context.Domains.SingleOrDefaultAsync(d => d.Id == domainId);
        if (domain is null) return new HashSet<Username>();
        if (domain.NamingScheme == NamingScheme.Numbered) return await TakenNumbersAsync(domain);
        var wanted = chosen;
        // What can be no username is told by the rules.
        if (localPart is not null && domain.NamingScheme == NamingScheme.LocalPartAndDomain && !Username.TryParse(AccountRules.NameOf(localPart, domain), out wanted)) return new HashSet<Username>();
        return wanted is null ? new HashSet<Username>() : await server.ExistingAsync([wanted]);
    }

    // Up to the first that is free; what lies beyond some hundreds in a row is left to the worker, which never takes a foreign mailbox.
    private async Task<IReadOnlySet<Username>> TakenNumbersAsync(MailDomain domain)
    {
        var taken = new HashSet<Username>();
        var number = domain.NextNumber;
        foreach (var step in Steps)
        {
            var asked = Enumerable.Range(0, step).Select(i => Username.Numbered(domain.Prefix, number + i)).ToList();
            var found = await server.ExistingAsync(asked);
            taken.UnionWith(found);
            if (found.Count < step) break;
            number += step;
        }
        return taken;
    }
}
