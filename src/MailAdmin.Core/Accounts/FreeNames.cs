using System.Collections.Concurrent;
using System.Globalization;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Asks the mail server, before the transaction, which names that an account may get have a mailbox already.</summary>
public sealed class FreeNames(MailDatabase database, IMailboxNames server)
{
    // Numbers that are asked for together; where all of them are taken, the next question is larger.
    private static readonly int[] Steps = [16, 64, 512];

    // Accounts that are being made at once: whoever looks has read a number that the others may take first.
    private const int Ahead = 8;

    // An answer serves the accounts that are made right after. A mailbox that others make meanwhile is met by the worker, which takes no
    // foreign one.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    // A busy Cyrus takes some milliseconds for each name. Where many accounts are made it goes once through all its mailboxes instead.
    private static readonly TimeSpan FreshList = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<long, AskedNumbers> _asked = new();
    private readonly ConcurrentDictionary<long, Task> _listing = new();

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
        if (localPart is not null && domain.NamingScheme == NamingScheme.LocalPartAndDomain
            && !Username.TryParse(AccountRules.NameOf(localPart, domain), out wanted)) return new HashSet<Username>();
        return wanted is null ? new HashSet<Username>() : await server.ExistingAsync([wanted]) ?? new HashSet<Username>();
    }

    private async Task<IReadOnlySet<Username>> TakenNumbersAsync(MailDomain domain)
    {
        Forget();
        var isOneOfMany = _asked.ContainsKey(domain.Id);
        if (Known(domain) is { } known) return known;
        if (isOneOfMany) await ListAsync(domain);
        if (Known(domain) is { } listed) return listed;
        if (await AskAsync(domain) is not { } asked) return new HashSet<Username>();
        // What was listed meanwhile tells more.
        _asked.AddOrUpdate(domain.Id, asked, (_, other) => other.IsList ? other : asked);
        return asked.Taken;
    }

    private IReadOnlySet<Username>? Known(MailDomain domain) =>
        _asked.TryGetValue(domain.Id, out var asked) && asked.Prefix == domain.Prefix && asked.Covers(domain.NextNumber, Ahead)
            ? asked.Taken : null;

    // In the background: it may take seconds.
    private async Task ListAsync(MailDomain domain)
    {
        if (_listing.GetValueOrDefault(domain.Id) is not { } listing) listing = _listing[domain.Id] = StartAsync();
        if (!listing.IsCompleted) return;
        _listing.TryRemove(new(domain.Id, listing));
        await listing;

        async Task StartAsync()
        {
            var at = database.Now;
            if (await server.ListAsync(domain.Prefix) is not { } found) return;
            var taken = found.Where(
                n => long.TryParse(n.Value[domain.Prefix.Value.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= domain.NextNumber).ToHashSet();
            _asked[domain.Id] = new(domain.Prefix, domain.NextNumber, long.MaxValue, taken, at);
        }
    }

    // Up to the first number that is free; what lies beyond some hundreds in a row is left to the worker, which never takes a foreign
    // mailbox.
    private async Task<AskedNumbers?> AskAsync(MailDomain domain)
    {
        var taken = new HashSet<Username>();
        var (at, number) = (database.Now, domain.NextNumber);
        foreach (var step in Steps)
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
            if (database.Now - asked.At >= (asked.IsList ? FreshList : Fresh)) _asked.TryRemove(new(domainId, asked));
    }

    /// <param name="From">The first number that was asked for.</param>
    /// <param name="Until">The first one after these.</param>
    /// <param name="Taken">Those that have a mailbox.</param>
    private sealed record AskedNumbers(Prefix Prefix, long From, long Until, IReadOnlySet<Username> Taken, DateTimeOffset At)
    {
        public bool IsList => Until == long.MaxValue;

        public bool Covers(long number, int count) => number >= From && number <= Until - count;
    }
}
