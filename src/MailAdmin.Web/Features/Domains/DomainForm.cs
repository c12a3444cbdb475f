using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Domains;

/// <summary>A new domain as it was typed. Empty limits are no limits.</summary>
public sealed record DomainForm(
    string? Name, string? Prefix, string? MaxAccounts, string? DefaultQuota, string? MaxQuota, string? TotalQuota, string? NamingScheme, string? Folders)
{
    /// <summary>What an empty form proposes: the manual's example in its numbers.</summary>
    public static DomainForm Proposal { get; } =
        new("", "", "10", "25000", "", "", nameof(Core.Domains.NamingScheme.Numbered), string.Join('\n', MailDomain.DefaultFolders));

    /// <summary>Every fault of the form at once, or the request.</summary>
    public Result<NewDomain> ToNewDomain()
    {
        List<Problem> problems = [];
        if (!DomainName.TryParse(Name, out var name, out var fault)) problems.Add(fault.At(nameof(Name)));
        if (!Core.Domains.Prefix.TryParse(Prefix, out var prefix, out fault)) problems.Add(fault.At(nameof(Prefix)));
        var maxAccounts = Count(MaxAccounts, nameof(MaxAccounts), problems);
        var standard = Limit(DefaultQuota, nameof(DefaultQuota), problems);
        var max = Limit(MaxQuota, nameof(MaxQuota), problems);
        var total = Limit(TotalQuota, nameof(TotalQuota), problems);
        var isKnown = Enum.TryParse<NamingScheme>(NamingScheme, out var scheme) && Enum.IsDefined(scheme);
        if (!isKnown) problems.Add(FormProblems.ChoiceUnknown.At(nameof(NamingScheme)));
        if (problems.Count > 0) return problems;
        return new NewDomain(name!, prefix!)
        {
            MaxAccounts = maxAccounts,
            DefaultQuota = standard,
            MaxQuota = max,
            TotalQuota = total,
            NamingScheme = scheme,
            Folders = FolderList(),
        };
    }

    private static int? Count(string? text, string field, List<Problem> problems)
    {
        var plain = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (plain.Length == 0) return null;
        if (int.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        problems.Add(FormProblems.NumberMalformed(text!.Trim()).At(field));
        return null;
    }

    private static Quota? Limit(string? text, string field, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (Quota.TryParse(text, out var quota, out var fault)) return quota;
        problems.Add(fault.At(field));
        return null;
    }

    private List<string> FolderList() => [.. (Folders ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
}
