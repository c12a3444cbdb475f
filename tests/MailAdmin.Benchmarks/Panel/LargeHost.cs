using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Passwords;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Benchmarks.Panel;

/// <summary>
/// Fills an empty database like that of a large hoster: many domains of 90 accounts, one of them large. The rows are written directly into
/// the tables; adding them one by one would take an hour. An id is the domain's number times <see cref="IdsPerDomain"/>, plus the row's
/// number.
/// </summary>
internal static class LargeHost
{
    /// <summary>Domain 1, with 10,090 accounts.</summary>
    public const string LargeDomain = "kunde1.example";

    /// <summary>Domain 2, of the usual size.</summary>
    public const string UsualDomain = "kunde2.example";

    public const int IdsPerDomain = 20_000;

    /// <summary>The id of an alias of the large domain with 500 destinations.</summary>
    public const int LargeAlias = IdsPerDomain + 15_001;

    public const int LargeAccounts = 10_090;

    public static Task FillAsync(MailDatabase database, int domains) =>
        database.ExecuteWithoutAuditAsync(context => context.Database.ExecuteSqlAsync($"""
        CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {LargeAccounts}) SELECT i FROM c;
        CREATE TEMP TABLE d AS SELECT i, CASE i WHEN 1 THEN {LargeAccounts} ELSE 90 END AS accounts, i * {IdsPerDomain} AS ids FROM n WHERE i <= {domains};
        INSERT INTO "Domains" ("Id", "Name", "Prefix", "NamingScheme", "Folders", "State", "Routing", "StoreId", "AllowsCatchAll", "AllowsExternalDestinations",
            "CreatedAt", "Version", "NextNumber", "AccountCount", "AllocatedKiB", "DefaultQuota", "SortName", "AllowsGuardedAddresses")
        SELECT i, 'kunde' || i || '.example', 'c' || i || 'x', 0, '[]', 0, 0, 1, 1, 1, 0, 1, accounts + 1, accounts, accounts * 25000, 25000, 'kunde' || i || '.example', 0 FROM d;
        INSERT INTO "DomainAliases" ("DomainId", "Name", "CreatedAt", "IsBeingRemoved") SELECT i, 'autre' || i || '.example', 0, 0 FROM d WHERE i % 10 = 1;
        INSERT INTO "Accounts" ("Id", "DomainId", "Username", "PasswordHash", "PasswordChangedAt", "Quota", "Services", "State", "HoldsMail", "MailboxReady", "IsFull",
            "LastLoginService", "CreatedAt", "Version", "WasSuspended", "TakeOver", "TriedAddressService")
        SELECT d.ids + n.i, d.i, 'c' || d.i || 'x' || printf('%04d', n.i), 'none', 0, 25000, 31, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0 FROM d JOIN n ON n.i <= d.accounts;
        INSERT INTO "Addresses" ("Id", "DomainId", "LocalPart", "AccountId", "IsPrimary", "CreatedAt", "Version")
        SELECT d.ids + n.i, d.i, 'person' || n.i || '.name' || (d.i % 97), d.ids + n.i, 1, 0, 1 FROM d JOIN n ON n.i <= d.accounts;
        INSERT INTO "Addresses" ("Id", "DomainId", "LocalPart", "IsPrimary", "CreatedAt", "Version")
        SELECT d.ids + 15000 + n.i, d.i, 'liste_' || n.i, 0, 0, 1 FROM d JOIN n ON n.i <= 20;
        INSERT INTO "Destinations" ("AliasId", "AccountId") SELECT d.ids + 15000 + n.i, d.ids + n.i FROM d JOIN n ON n.i <= 20;
        INSERT INTO "Destinations" ("AliasId", "External") SELECT d.ids + 15000 + n.i, 'someone' || d.i || '.' || n.i || '@example' || n.i || '.org' FROM d JOIN n ON n.i <= 20;
        INSERT INTO "Destinations" ("AliasId", "External") SELECT {LargeAlias}, 'member' || n.i || '@example.org' FROM n WHERE n.i <= 498;
        INSERT INTO "Redirects" ("AccountId", "KeepsCopy", "Version") SELECT d.ids + n.i, 1, 1 FROM d JOIN n ON n.i <= d.accounts AND n.i % 10 = 1;
        INSERT INTO "Destinations" ("RedirectId", "External") SELECT "AccountId", 'away' || "AccountId" || '@example.org' FROM "Redirects";
        UPDATE "Domains" SET "CatchAllAccountId" = "Id" * {IdsPerDomain} + 1 WHERE "Id" % 2 = 0;
        DROP TABLE n;
        DROP TABLE d;
        """));

    /// <param name="database">The database to which the admin is added.</param>
    /// <param name="name">The admin's name for signing in.</param>
    /// <param name="role">The admin's role.</param>
    /// <param name="domains">How many domains the admin is given, from the second on; null for all.</param>
    /// <param name="hasher">Hashes the admin's password.</param>
    public static Task AddAdminAsync(MailDatabase database, string name, AdminRole role, int? domains, PasswordHasher hasher) =>
        database.ExecuteWithoutAuditAsync(context =>
    {
        context.Users.Add(new Admin
        {
            UserName = name,
            NormalizedUserName = AdminNames.Normalize(name),
            PasswordHash = hasher.Hash(Servers.MailHost.Password),
            SecurityStamp = name,
            Role = role,
            SeesAllDomains = domains is null,
            CreatedAt = database.Now,
            Domains = [.. Enumerable.Range(2, domains ?? 0).Select(id => new AdminDomain { DomainId = id })],
        });
        return Task.FromResult(true);
    });
}
