using System.Globalization;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Domains;

/// <summary>A domain's settings as they were typed. An empty limit means no limit.</summary>
/// <param name="Version">The version of the domain that the form was filled from.</param>
/// <param name="CatchAll">Whether the domain may have a catch-all: True or False.</param>
/// <param name="Guarded">Whether its admins may create admin@, postmaster@ and the like: True or False.</param>
/// <param name="Stamp">The stamp of the effects that were shown, if the domain is being suspended.</param>
/// <param name="External">Whether its aliases and redirects may lead outside: True or False.</param>
public sealed record DomainSettingsForm(
    long Version, string? MaxAccounts, string? DefaultQuota, string? MaxQuota, string? TotalQuota, string? NamingScheme, string? State,
    string? CatchAll,
    string? External, string? Folders, string? Guarded, string? Stamp = null)
{
    public static DomainSettingsForm Of(MailDomain domain) => new(
        domain.Version, domain.MaxAccounts?.ToString(CultureInfo.InvariantCulture)
            ?? "", QuotaText.Plain(domain.DefaultQuota), QuotaText.Plain(domain.MaxQuota),
        QuotaText.Plain(domain.TotalQuota), domain.NamingScheme.ToString(), domain.State.ToString(), domain.AllowsCatchAll.ToString(),
        domain.AllowsExternalDestinations.ToString(), string.Join('\n', domain.Folders), domain.AllowsGuardedAddresses.ToString());

    /// <summary>Returns the edit, or all faults of the form.</summary>
    public Result<DomainEdit> ToEdit()
    {
        List<Problem> problems = [];
        var fields = new DomainFields(problems);
        var edit = new DomainEdit(
            Version,
            fields.Count(MaxAccounts, nameof(MaxAccounts)),
            fields.Limit(DefaultQuota, nameof(DefaultQuota)),
            fields.Limit(MaxQuota, nameof(MaxQuota)),
            fields.Limit(TotalQuota, nameof(TotalQuota)),
            fields.Choice(NamingScheme, nameof(NamingScheme), Enum.GetValues<NamingScheme>()),
            fields.Choice(State, nameof(State), DomainState.Active, DomainState.Suspended),
            fields.Flag(CatchAll, nameof(CatchAll)),
            fields.Flag(External, nameof(External)),
            DomainFields.Folders(Folders))
        {
            AllowsGuardedAddresses = fields.Flag(Guarded, nameof(Guarded)),
        };
        return problems.Count > 0 ? problems : edit;
    }
}
