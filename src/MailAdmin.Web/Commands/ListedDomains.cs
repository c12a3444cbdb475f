using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Commands;

/// <summary>The domains that a list is about.</summary>
internal static class ListedDomains
{
    /// <param name="run">The command's run.</param>
    /// <param name="name">One domain, or one of its other names; null for all.</param>
    public static async Task<Result<IReadOnlyList<MailDomain>>> OfAsync(CommandRun run, string? name)
    {
        var domains = run.Get<DomainRepository>();
        if (name is null) return await domains.AllAsync(run.CancellationToken);
        if (!DomainName.TryParse(name, out var parsed, out var fault)) return fault;
        return await domains.FindAsync(parsed) is { Domain: var one } ? new List<MailDomain> { one } : DomainProblems.NotFound;
    }
}
