using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Features.Domains;

/// <summary>A new domain as it was typed. An empty limit means no limit.</summary>
public sealed record DomainForm(
    string? Name, string? Prefix, string? MaxAccounts, string? DefaultQuota, string? MaxQuota, string? TotalQuota, string? NamingScheme,
    string? Folders,
    string? NextHop, bool AcceptsRelated = false)
{
    /// <summary>The values of an empty form: those of the manual's example.</summary>
    public static DomainForm Proposal { get; } =
        new("", "", "10", "25000", "", "", nameof(Core.Domains.NamingScheme.Numbered), string.Join('\n', MailDomain.DefaultFolders), "");

    /// <summary>Returns the request, or all faults of the form.</summary>
    public Result<NewDomain> ToNewDomain()
    {
        List<Problem> problems = [];
        var fields = new DomainFields(problems);
        if (!DomainName.TryParse(Name, out var name, out var fault)) problems.Add(fault.At(nameof(Name)));
        if (!Core.Domains.Prefix.TryParse(Prefix, out var prefix, out fault)) problems.Add(fault.At(nameof(Prefix)));
        var maxAccounts = fields.Count(MaxAccounts, nameof(MaxAccounts));
        var standard = fields.Limit(DefaultQuota, nameof(DefaultQuota));
        var max = fields.Limit(MaxQuota, nameof(MaxQuota));
        var total = fields.Limit(TotalQuota, nameof(TotalQuota));
        var scheme = fields.Choice(NamingScheme, nameof(NamingScheme), Enum.GetValues<NamingScheme>());
        var hop = HopOf(problems);
        if (problems.Count > 0) return problems;
        return new NewDomain(name!, prefix!)
        {
            MaxAccounts = maxAccounts,
            DefaultQuota = standard,
            MaxQuota = max,
            TotalQuota = total,
            NamingScheme = scheme,
            Folders = DomainFields.Folders(Folders),
            NextHop = hop,
            AcceptsRelated = AcceptsRelated,
        };
    }

    // An empty field means that the domain's mail is delivered here.
    private NextHop? HopOf(List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(NextHop)) return null;
        if (!Core.Domains.NextHop.TryParse(NextHop, out var hop, out var fault)) problems.Add(fault.At(nameof(NextHop)));
        return hop;
    }
}
