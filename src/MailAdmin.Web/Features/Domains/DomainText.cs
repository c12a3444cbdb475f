using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Domains;

/// <summary>Texts about a domain and its limits.</summary>
public static class DomainText
{
    /// <summary>7 / 10.</summary>
    public static string AccountsOf(int count, int? max) =>
        max is { } limit ? $"{count.Shown()} / {limit.Shown()}" : DomainTexts.FormatCountUnlimited(count.Shown());

    /// <summary>3 boîtes pleines.</summary>
    public static string FullOf(int count) => count == 1 ? DomainTexts.Full_one : DomainTexts.FormatFull_other(count.Shown());

    public static string SchemeOf(NamingScheme scheme) => scheme switch
    {
        NamingScheme.Numbered => DomainTexts.SchemeNumbered,
        NamingScheme.Free => DomainTexts.SchemeFree,
        _ => DomainTexts.SchemeLocalPart,
    };

    public static string ExternalOf(bool allowed) => allowed ? DomainTexts.ExternalAllowed : DomainTexts.ExternalForbidden;

    public static string GuardedOf(bool allowed) => allowed ? DomainTexts.GuardedAllowed : DomainTexts.GuardedForbidden;

    public static string CatchAllOf(bool allowed) => allowed ? DomainTexts.CatchAllAllowed : DomainTexts.CatchAllForbidden;

    public static (string Style, string Word) StateOf(DomainState state, DomainRouting routing) => state switch
    {
        DomainState.Deleting => ("wait", DomainTexts.Deleting),
        DomainState.Suspended => ("idle", SharedTexts.Suspended),
        _ when routing == DomainRouting.Relay => ("wait", DomainTexts.Relayed),
        _ => ("ok", SharedTexts.Active),
    };

    /// <summary>Sentences about what exceeds a limit that was lowered, and what happens to it.</summary>
    public static IEnumerable<string> ExceededBy(MailDomain domain, DomainUsage usage)
    {
        if (usage.Accounts > domain.MaxAccounts)
            yield return DomainTexts.FormatAccountsExceed(usage.Accounts.Shown(), domain.MaxAccounts.Value.Shown());
        if (usage.AllocatedKiB > domain.TotalQuota?.KiB)
            yield return DomainTexts.FormatAllocatedExceeds(QuotaText.Of(new Quota(usage.AllocatedKiB)), QuotaText.Of(domain.TotalQuota));
        if (usage.AboveMaximum > 0)
        {
            yield return usage.AboveMaximum == 1 ? DomainTexts.FormatAboveMaximum_one(QuotaText.Of(domain.MaxQuota))
                : DomainTexts.FormatAboveMaximum_other(usage.AboveMaximum.Shown(), QuotaText.Of(domain.MaxQuota));
        }
        if (domain.TotalQuota is not null && usage.Unlimited > 0)
            yield return usage.Unlimited == 1 ? DomainTexts.Uncounted_one : DomainTexts.FormatUncounted_other(usage.Unlimited.Shown());
        if (!domain.AllowsExternalDestinations && usage.External > 0)
            yield return usage.External == 1 ? DomainTexts.ExternalLeft_one : DomainTexts.FormatExternalLeft_other(usage.External.Shown());
    }

    /// <summary>The fields in which the settings differ from what was typed.</summary>
    public static IEnumerable<ChangedField> DifferencesTo(DomainSettingsForm typed, MailDomain domain)
    {
        var saved = DomainSettingsForm.Of(domain);
        if (typed.MaxAccounts != saved.MaxAccounts)
            yield return new(DomainTexts.MaxAccounts, domain.MaxAccounts?.Shown() ?? SharedTexts.Unlimited);
        if (typed.DefaultQuota != saved.DefaultQuota) yield return new(DomainTexts.DefaultQuota, QuotaText.Of(domain.DefaultQuota));
        if (typed.MaxQuota != saved.MaxQuota) yield return new(DomainTexts.MaxQuota, QuotaText.Of(domain.MaxQuota));
        if (typed.TotalQuota != saved.TotalQuota) yield return new(DomainTexts.TotalQuota, QuotaText.Of(domain.TotalQuota));
        if (typed.NamingScheme != saved.NamingScheme) yield return new(DomainTexts.NamingScheme, SchemeOf(domain.NamingScheme));
        if (typed.State != saved.State) yield return new(SharedTexts.State, StateOf(domain.State, domain.Routing).Word);
        if (typed.CatchAll != saved.CatchAll) yield return new(SharedTexts.CatchAll, CatchAllOf(domain.AllowsCatchAll));
        if (typed.External != saved.External) yield return new(DomainTexts.External, ExternalOf(domain.AllowsExternalDestinations));
        if (typed.Guarded != saved.Guarded) yield return new(DomainTexts.Guarded, GuardedOf(domain.AllowsGuardedAddresses));
        if (!DomainFields.Folders(typed.Folders).SequenceEqual(domain.Folders, StringComparer.Ordinal))
            yield return new(DomainTexts.Folders, string.Join(", ", domain.Folders));
    }
}
