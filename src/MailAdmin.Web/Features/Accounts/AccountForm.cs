using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>A new account as it was typed (manual, fig. 4). The username is used only in domains with freely chosen names.</summary>
/// <param name="Generate">The panel generates the password.</param>
public sealed record AccountForm(string? Address, string? Username, string? Quota, string? Password, string? Confirmation, bool Generate)
{
    /// <summary>Returns the request, or all faults of the form.</summary>
    public Result<NewAccount> ToNewAccount(MailDomain domain, ChosenPassword chosen)
    {
        List<Problem> problems = [];
        if (!LocalAddressParser.TryParse(Address, domain.Name, out var part, out var fault)) problems.Add(fault.At(nameof(Address)));
        var quota = domain.DefaultQuota;
        // An empty field means the domain's default quota.
        if (!string.IsNullOrWhiteSpace(Quota))
        {
            if (Core.Accounts.Quota.TryParse(Quota, out var typed, out fault)) quota = typed;
            else problems.Add(fault.At(nameof(Quota)));
        }
        Username? username = null;
        if (domain.NamingScheme == NamingScheme.Free && !Core.Accounts.Username.TryParse(Username, out username, out fault))
            problems.Add(fault.At(nameof(Username)));
        if (problems.Count == 0) return new NewAccount(domain.Id, part!, quota, chosen.Password, chosen.Confirmation, username);
        return problems.Concat(PasswordRules.Check(chosen.Password, chosen.Confirmation, [Address ?? "", Username ?? ""])).ToList();
    }
}
