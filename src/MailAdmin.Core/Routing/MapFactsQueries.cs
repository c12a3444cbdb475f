using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>
/// The queries of <see cref="MapFactsReader"/>. They are compiled once, because every write runs several of them and EF Core takes several
/// times as long to translate one as SQLite takes to answer it. They read only the columns that map rows depend on, which are a third of a
/// domain's.
/// </summary>
internal static class MapFactsQueries
{
    /// <summary>
    /// One row per domain alias that is not being removed, oldest first; one row for a domain without aliases.
    /// </summary>
    public static readonly Func<MailContext, long[], IAsyncEnumerable<DomainFactsRow>> Domains = CompiledQuery.Create(
        (MailContext context, long[] ids) =>
        from d in context.Domains
        where ids.Contains(d.Id)
        from a in context.DomainAliases.Where(a => a.DomainId == d.Id && !a.IsBeingRemoved).DefaultIfEmpty()
        orderby a.Id
        select new DomainFactsRow
        {
            Id = d.Id,
            Name = d.Name,
            State = d.State,
            Routing = d.Routing,
            NextHop = d.NextHop,
            StoreName = d.Store!.Name,
            CatchAllAccountId = d.CatchAllAccountId,
            IsSwitching = d.Switch != null,
            AllowsGuarded = d.AllowsGuardedAddresses,
            OtherName = a.Name,
            IsOtherComing = a.Reached != null,
        });

    /// <summary>The domains that have these names. A name that is being removed belongs to no domain.</summary>
    public static readonly Func<MailContext, DomainName[], IAsyncEnumerable<OwnedName>> Owners = CompiledQuery.Create(
        (MailContext context, DomainName[] names) =>
        context.Domains.Where(d => names.Contains(d.Name)).Select(d => new OwnedName { DomainId = d.Id, Name = d.Name })
            .Concat(context.DomainAliases.Where(a => !a.IsBeingRemoved && names.Contains(a.Name))
                .Select(a => new OwnedName { DomainId = a.DomainId, Name = a.Name })));

    public static readonly Func<MailContext, long[], IAsyncEnumerable<AddressFactsRow>> Addresses = CompiledQuery.Create(
        (MailContext context, long[] ids) =>
        context.Addresses.Where(a => ids.Contains(a.Id))
            .Select(a => new AddressFactsRow { Id = a.Id, DomainId = a.DomainId, LocalPart = a.LocalPart, AccountId = a.AccountId }));

    public static readonly Func<MailContext, long[], IAsyncEnumerable<AddressFactsRow>> AddressesOf = CompiledQuery.Create(
        (MailContext context, long[] accountIds) =>
        context.Addresses.Where(a => a.AccountId != null && accountIds.Contains(a.AccountId.Value))
            .Select(a => new AddressFactsRow { Id = a.Id, DomainId = a.DomainId, LocalPart = a.LocalPart, AccountId = a.AccountId }));

    public static readonly Func<MailContext, long[], LocalPart[], IAsyncEnumerable<AddressFactsRow>> Named = CompiledQuery.Create(
        (MailContext context, long[] domainIds, LocalPart[] localParts) =>
        context.Addresses.Where(a => domainIds.Contains(a.DomainId) && localParts.Contains(a.LocalPart))
            .Select(a => new AddressFactsRow { Id = a.Id, DomainId = a.DomainId, LocalPart = a.LocalPart, AccountId = a.AccountId }));

    public static readonly Func<MailContext, long, LocalPart, IAsyncEnumerable<long>> AddressIds = CompiledQuery.Create(
        (MailContext context, long domainId, LocalPart localPart) =>
        context.Addresses.Where(a => a.DomainId == domainId && a.LocalPart == localPart).Select(a => a.Id));

    /// <summary>One row per address of the account, the primary address first; one row for an account without addresses.</summary>
    public static readonly Func<MailContext, long[], IAsyncEnumerable<AccountFactsRow>> Accounts = CompiledQuery.Create(
        (MailContext context, long[] ids) =>
        from a in context.Accounts
        where ids.Contains(a.Id)
        from x in context.Addresses.Where(x => x.AccountId == a.Id).DefaultIfEmpty()
        orderby x.IsPrimary descending, x.Id
        select new AccountFactsRow
        {
            Id = a.Id,
            DomainId = a.DomainId,
            Username = a.Username,
            State = a.State,
            HoldsMail = a.HoldsMail,
            Services = a.Services,
            MailboxReady = a.MailboxReady,
            IsFull = a.IsFull,
            LocalPart = x.LocalPart,
        });

    /// <summary>The destinations of these aliases, in order.</summary>
    public static readonly Func<MailContext, long[], IAsyncEnumerable<Link>> OfAliases = CompiledQuery.Create(
        (MailContext context, long[] aliasIds) =>
        context.Destinations.Where(d => d.AliasId != null && aliasIds.Contains(d.AliasId.Value)).OrderBy(d => d.Id).Select(d => new Link
        {
            From = d.AliasId!.Value,
            Account = d.AccountId,
            Address = d.LocalAddressId,
            External = d.External,
            ExternalDomain = d.ExternalDomain,
        }));

    /// <summary>The destinations of these accounts' redirects, in order.</summary>
    public static readonly Func<MailContext, long[], IAsyncEnumerable<Link>> OfRedirects = CompiledQuery.Create(
        (MailContext context, long[] accountIds) =>
        context.Destinations.Where(d => d.RedirectId != null && accountIds.Contains(d.RedirectId.Value)).OrderBy(d => d.Id)
            .Select(d => new Link
            {
                OfAccount = true,
                From = d.RedirectId!.Value,
                Account = d.AccountId,
                Address = d.LocalAddressId,
                External = d.External,
                ExternalDomain = d.ExternalDomain,
                KeepsCopy = d.Redirect!.KeepsCopy,
            }));

    internal sealed class DomainFactsRow
    {
        public long Id { get; init; }

        public required DomainName Name { get; init; }

        public DomainState State { get; init; }

        public DomainRouting Routing { get; init; }

        public string? NextHop { get; init; }

        public required DomainName StoreName { get; init; }

        public long? CatchAllAccountId { get; init; }

        public bool IsSwitching { get; init; }

        public bool AllowsGuarded { get; init; }

        public DomainName? OtherName { get; init; }

        public bool IsOtherComing { get; init; }
    }

    internal sealed class OwnedName
    {
        public long DomainId { get; init; }

        public required DomainName Name { get; init; }
    }

    internal sealed class AddressFactsRow
    {
        public long Id { get; init; }

        public long DomainId { get; init; }

        public required LocalPart LocalPart { get; init; }

        public long? AccountId { get; init; }
    }

    internal sealed class AccountFactsRow
    {
        public long Id { get; init; }

        public long DomainId { get; init; }

        public required Username Username { get; init; }

        public AccountState State { get; init; }

        public bool HoldsMail { get; init; }

        public MailProtocols Services { get; init; }

        public bool MailboxReady { get; init; }

        public bool IsFull { get; init; }

        public LocalPart? LocalPart { get; init; }
    }

    /// <summary>A destination of an alias, or of an account's redirect.</summary>
    internal sealed class Link
    {
        public bool OfAccount { get; init; }

        public long From { get; init; }

        public long? Account { get; init; }

        public long? Address { get; init; }

        public AddrSpec? External { get; init; }

        public DomainName? ExternalDomain { get; init; }

        public bool KeepsCopy { get; init; }
    }
}
