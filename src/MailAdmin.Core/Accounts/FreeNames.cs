using System.Collections.Concurrent;
using System.Globalization;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Asks the mail server before the transaction which possible usernames of a new account have a mailbox already.</summary>
public sealed class FreeNames(MailDatabase database, IMailboxNames server)
{
    // Numbers per question; if all of them are taken, the next question asks for more.
    private static readonly int[] Steps = [16, 64, 512];

    // Accounts that may be created concurrently: other transactions may take this many numbers between the lookup and this one's write.
    private const int Ahead = 8;

    // How long an answer is reused for accounts created right after. If somebody creates a mailbox in the meantime, the worker notices, and
    // never takes over a foreign one.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    // A busy Cyrus takes some milliseconds per name. If many accounts are created, all its mailboxes are listed once instead.
    private static readonly TimeSpan FreshList = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<long, AskedNumbers> _asked = new();
    private readonly ConcurrentDictionary<long, Lazy<Task>> _listing = new();

    /// <param name="localPart">
    /// The local part of the primary address, if the username may be made from it; null if it is chosen or numbered.
    /// </param>
    /// <returns>Those usernames that this account could get but that have a mailbox on the server.</returns>
    internal async Task<IReadOnlySet<Username>> TakenAsync(
        long domainId, LocalPart? localPart, Username? chosen, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var domain = await context.Domains.SingleOrDefaultAsync(d => d.Id == domainId, cancellationToken);
        if (domain is null) return new HashSet<Username>();
        if (domain.NamingScheme == NamingScheme.Numbered) return await TakenNumbersAsync(domain, cancellationToken);
        var wanted = chosen;
        // Invalid usernames are reported by the account rules.
        if (localPart is not null && domain.NamingScheme == NamingScheme.LocalPartAndDomain
            && !Username.TryParse(AccountRules.NameOf(localPart, domain), out wanted)) return new HashSet<Username>();
        return wanted is null ? new HashSet<Username>() : await server.ExistingAsync([wanted], cancellationToken)
            ?? new HashSet<Username>();
    }

    /// <summary>The same for many accounts of one domain.</summary>
    /// <param name="wanted">Usernames that are chosen or made from addresses.</param>
    /// <param name="numbered">How many of the accounts get a number; the mailboxes are then listed once.</param>
    internal async Task<IReadOnlySet<Username>> TakenAsync(
        MailDomain domain, IReadOnlyCollection<Username> wanted, int numbered, CancellationToken cancellationToken)
    {
        var taken = new HashSet<Username>();
        Forget();
        if (numbered > 0)
        {
            if (numbered > Ahead && Known(domain, numbered) is null) await ListAsync(domain);
            taken.UnionWith(Known(domain, numbered) ?? await TakenNumbersAsync(domain, cancellationToken));
        }
        if (wanted.Count > 0) taken.UnionWith(await server.ExistingAsync(wanted, cancellationToken) ?? new HashSet<Username>());
        return taken;
    }

    private async Task<IReadOnlySet<Username>> TakenNumbersAsync(MailDomain domain, CancellationToken cancellationToken)
    {
        Forget();
        var isOneOfMany = _asked.ContainsKey(domain.Id);
        if (Known(domain) is { } known) return known;
        if (isOneOfMany) await ListAsync(domain);
        if (Known(domain) is { } listed) return listed;
        if (await AskAsync(domain, cancellationToken) is not { } asked) return new HashSet<Username>();
        // A list that arrived in the meantime covers more.
        _asked.AddOrUpdate(domain.Id, asked, (_, other) => other.IsList ? other : asked);
        return asked.Taken;
    }

    private IReadOnlySet<Username>? Known(MailDomain domain, int ahead = Ahead) =>
        _asked.TryGetValue(domain.Id, out var asked) && asked.Prefix == domain.Prefix && asked.Covers(domain.NextNumber, ahead)
            ? asked.Taken : null;

    // Lists in the background, since it may take seconds: once for all who ask meanwhile, so no request's token ends it.
    private async Task ListAsync(MailDomain domain)
    {
        var listing = _listing.GetOrAdd(domain.Id, _ => new(StartAsync));
        if (!listing.Value.IsCompleted) return;
        _listing.TryRemove(new(domain.Id, listing));
        await listing.Value;

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

    // Asks up to the first free number. After some hundreds of taken numbers in a row it stops and leaves the rest to the worker, which
    // never takes over a foreign mailbox.
    private async Task<AskedNumbers?> AskAsync(MailDomain domain, CancellationToken cancellationToken)
    {
        var taken = new HashSet<Username>();
        var (at, number) = (database.Now, domain.NextNumber);
        foreach (var step in Steps)
        {
            var names = Enumerable.Range(0, step).Select(i => Username.Numbered(domain.Prefix, number + i)).ToList();
            if (await server.ExistingAsync(names, cancellationToken) is not { } found) return null;
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

    /// <param name="From">The first number of the question.</param>
    /// <param name="Until">The first number after the question.</param>
    /// <param name="Taken">The usernames that have a mailbox.</param>
    private sealed record AskedNumbers(Prefix Prefix, long From, long Until, IReadOnlySet<Username> Taken, DateTimeOffset At)
    {
        public bool IsList => Until == long.MaxValue;

        public bool Covers(long number, int count) => number >= From && number <= Until - count;
    }
}
