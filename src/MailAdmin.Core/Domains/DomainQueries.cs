using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>Queries about domains that many writes run, compiled once.</summary>
internal static class DomainQueries
{
    /// <summary>Not tracked, because separate statements change its counters.</summary>
    public static readonly Func<MailContext, long, Task<MailDomain?>> ById = CompiledQuery.Create((MailContext context, long id) =>
        context.Domains.AsNoTracking().SingleOrDefault(d => d.Id == id));

    /// <summary>The domain that has this name, one at most. A name that is being removed does not count.</summary>
    public static readonly Func<MailContext, DomainName, IAsyncEnumerable<HostedDomain>> ByName = CompiledQuery.Create(
        (MailContext context, DomainName name) =>
        context.Domains.Where(d => d.Name == name)
            .Select(d => new HostedDomain { Id = d.Id, Routing = d.Routing, IsSwitching = d.Switch != null })
            .Concat(context.DomainAliases.Where(a => a.Name == name && !a.IsBeingRemoved)
                .Select(a => new HostedDomain { Id = a.DomainId, Routing = a.Domain!.Routing, IsSwitching = a.Domain.Switch != null })));

    internal sealed class HostedDomain
    {
        public long Id { get; init; }

        public DomainRouting Routing { get; init; }

        public bool IsSwitching { get; init; }
    }
}
