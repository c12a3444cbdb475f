using System.Collections.Concurrent;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Asks the mail server, before the transaction, which names that an account may get have a mailbox already.</summary>
public sealed class FreeNames(MailDatabase database, IMailboxNames server)
{
    // Numbers that are asked for together. Where all of them are taken, or where the numbers are soon used up, the next question is larger.
    private static readonly int[] Steps = [8, 64, 512];

    // An answer serves the accounts that are made right after this one. A mailbox that others make meanwhile is met by the worker, which takes no foreign one.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, AskedNumbers> _asked = new();

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
        return wanted is null ? new HashSet<Username>() : await server.ExistingAsync([wanted]) ?? new HashSet<Username>();
    }

    private async Task<IReadOnlySet<Username>> TakenNumbersAsync(MailDomain domain)
    {
        var last = _asked.GetValueOrDefault(domain.Id);
        var isRecent = last is not null && last.Prefix == domain.Prefix && database.Now - last.At < Fresh;
        if (isRecent && last!.Covers(domain.NextNumber, Steps[0])) return last.Taken;
        var asked = await AskAsync(domain, isRecent ? 1 : 0);
        if (asked is null) return new HashSet<Username>();
        _asked[domain.Id] = asked;
        Forget();
        return asked.Taken;
    }

    // Up to the first number that is free; what lies beyond some hundreds in a row is left to the worker, which never takes a foreign mailbox.
    private async Task<AskedNumbers?> AskAsync(MailDomain domain, int firstStep)
    {
        var taken = new HashSet<Username>();
        var (at, number) = (database.Now, domain.NextNumber);
        foreach (var step in Steps.Skip(firstStep))
        {
            var names = Enumerable.Range(0, step).Select(i => Username.Numbered(domain.Prefix, number + i)).ToList();
            if (await server.ExistingAsync(names) is not { } found) return null;
            taken.UnionWith(found);
            number += step;
            if (found.Count < step) break;
        }
        return new(domain.Prefix, domain.NextNumber, number, taken, at);
    }

    private void Forget()
    {
        foreach (var (domainId, asked) in _asked)
            if (database.Now - asked.At >= Fresh) _asked.TryRemove(new(domainId, asked));
    }

    /// <param name="From">The first number that was asked for.</param>
    /// <param name="Until">The first one after these.</param>
    /// <param name="Taken">Those that have a mailbox.</param>
    private sealed record AskedNumbers(Prefix Prefix, long From, long Until, IReadOnlySet<Username> Taken, DateTimeOffset At)
    {
        public bool Covers(long number, int count) => number >= From && number + count <= Until;
    }
}
