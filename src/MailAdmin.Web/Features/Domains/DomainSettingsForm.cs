using System.Globalization;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Domains;

/// <summary>A domain's settings as they were typed. Empty limits are no limits.</summary>
/// <param name="Version">Of the domain that the form was drawn from.</param>
/// <param name="CatchAll">Whether one account may receive what nobody else does: True or False.</param>
/// <param name="Guarded">Whether its admins may make admin@, postmaster@ and their like: True or False.</param>
/// <param name="Stamp">Of the effects that were shown, where the domain is suspended.</param>
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

    /// <summary>Every fault of the form at once, or the edit.</summary>
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
