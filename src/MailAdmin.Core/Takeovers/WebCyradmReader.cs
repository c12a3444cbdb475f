using MailAdmin.Core.Passwords;

namespace MailAdmin.Core.Takeovers;

/// <summary>How web-cyradm's <c>$CRYPT</c> makes it store passwords.</summary>
public enum WebCyradmScheme
{
    Crypt,
    Md5,
}

/// <summary>
/// Reads web-cyradm's tables <c>domain</c>, <c>accountuser</c>, <c>virtual</c>, <c>adminuser</c> and <c>domainadmin</c>, from version
/// 0.5.3 on (docs/decisions/0051).
/// </summary>
public static class WebCyradmReader
{
    /// <exception cref="System.Data.Common.DbException">A table is missing, or the server ended the connection.</exception>
    public static async Task<SourceServer> ReadAsync(
        SourceDatabase source, WebCyradmScheme scheme, CancellationToken cancellationToken)
    {
        var users = await source.ReadAsync("accountuser", cancellationToken);
        var virtuals = await source.ReadAsync("virtual", cancellationToken);
        var (accounts, findings) = (Accounts(users, scheme), new List<TakeoverFinding>());
        var rows = new WebCyradmVirtuals(accounts, findings);
        foreach (var row in virtuals) rows.Add(row);
        var domains = WebCyradmDomains.Read(await source.ReadAsync("domain", cancellationToken), accounts.Values, rows, findings);
        var (kept, aliases) = rows.Resolve([.. domains.Select(d => d.Request.Name.Value)]);
        var given = (await source.ReadAsync("domainadmin", cancellationToken))
            .ToLookup(r => r["adminuser"], r => r["domain_name"], StringComparer.Ordinal);
        foreach (var admin in await source.ReadAsync("adminuser", cancellationToken))
            findings.Add(new(TakeoverFault.AdminLeftOut, admin["username"], string.Join(", ", given[admin["username"]])));
        return new(domains, kept, aliases, findings);
    }

    // The account of Cyrus' own admin has no domain.
    private static Dictionary<string, WebCyradmAccount> Accounts(IReadOnlyList<SourceRow> users, WebCyradmScheme scheme)
    {
        // On PostgreSQL the columns of services have the default 0, and web-cyradm does not fill them.
        var usesServices = users.Any(u => Services.Any(s => u.Number(s) > 0));
        return users.Where(u => u["domain_name"].Length > 0).Select(u => new WebCyradmAccount(
            u["username"].ToLowerInvariant(), u["domain_name"].ToLowerInvariant(), HashOf(u["password"], scheme),
            [.. Services.Select(s => !usesServices || u.Number(s) != 0)])).ToDictionary(a => a.Username, StringComparer.Ordinal);
    }

    internal static readonly string[] Services = ["imap", "pop", "sieve", "smtpauth"];

    private static string? HashOf(string text, WebCyradmScheme scheme)
    {
        var named = scheme == WebCyradmScheme.Md5 ? "{PLAIN-MD5}" + text : text;
        return PasswordHash.TryParse(named, out var hash) ? hash.Value : null;
    }
}

/// <param name="Hash">Null if it cannot be verified here.</param>
/// <param name="Services">Whether IMAP, POP3, ManageSieve and SMTP are allowed.</param>
internal sealed record WebCyradmAccount(string Username, string Domain, string? Hash, bool[] Services);
