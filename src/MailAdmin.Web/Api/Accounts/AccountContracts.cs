using System.Text.Json.Serialization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;

namespace MailAdmin.Web.Api.Accounts;

/// <summary>An account, as the API shows it. Fields are added, never renamed or removed.</summary>
/// <param name="Username">Identifies the account; never given to another one.</param>
/// <param name="Addresses">All its addresses under the domain's own name, the primary one first.</param>
/// <param name="QuotaKiB">In units of 1 024 octets; null means no limit.</param>
/// <param name="State"><c>active</c> or <c>suspended</c>.</param>
/// <param name="MailboxReady">Whether the mailbox has been created on the server.</param>
/// <param name="LastLoginAt">Null if nobody has logged in.</param>
/// <param name="Version">Changes with each edit; send it back to be told if somebody else was faster.</param>
public sealed record AccountContract(
    string Username, IReadOnlyList<string> Addresses, long? QuotaKiB, string State, bool MailboxReady, DateTimeOffset CreatedAt,
    DateTimeOffset? LastLoginAt, long Version)
{
    internal static AccountContract Of(MailDomain domain, AccountRow row) => new(
        row.Username.Value, [.. row.Addresses.Select(a => $"{a}@{domain.Name.Value}")], row.Quota?.KiB,
        row.State == AccountState.Active ? "active" : "suspended", row.MailboxReady, row.CreatedAt, row.LastLoginAt, row.Version);
}

/// <summary>Some accounts of a domain, in the order of their primary addresses.</summary>
/// <param name="Next">The URL of the next page; null on the last.</param>
public sealed record AccountListContract(IReadOnlyList<AccountContract> Accounts, string? Next);

/// <summary>A quota to be set.</summary>
public sealed record QuotaContract
{
    /// <summary>In units of 1 024 octets, 1 to 2 147 483 647; null means no limit. It has to be there.</summary>
    [JsonRequired]
    public long? QuotaKiB { get; init; }

    /// <summary>The version of the account that the client has seen; null accepts any.</summary>
    public long? Version { get; init; }
}
