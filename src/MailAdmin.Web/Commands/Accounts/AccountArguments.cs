using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Web.Commands.Accounts;

/// <summary>The argument that names an account, and the account that it names.</summary>
internal static class AccountArguments
{
    public static Argument<string> Account() => new("ACCOUNT") { Description = AccountCommandTexts.Name };

    /// <summary>The account with this username or this address; null if there is none.</summary>
    public static async Task<(MailDomain Domain, AccountRow Account)?> FindAsync(CommandRun run, string text)
    {
        var accounts = run.Get<AccountRepository>();
        if (AddrSpec.TryParse(text, out var address))
        {
            if (!LocalPart.TryParse(address.LocalPart, out var part, out _)
                || await run.Get<DomainRepository>().FindAsync(address.Domain) is not { Domain: var domain }) return null;
            return await accounts.FindAsync(domain.Id, part, run.CancellationToken) is { } owner ? (domain, owner) : null;
        }
        if ((await accounts.ReferencesAsync(run.Actor, [text], run.CancellationToken)).SingleOrDefault() is not { } reference
            || await run.Get<DomainRepository>().FindAsync(reference.Domain) is not { Domain: var home }) return null;
        return await accounts.FindAsync(home.Id, reference.Username, run.CancellationToken) is { } account ? (home, account) : null;
    }
}
