using System.Collections.Concurrent;
using System.Reflection;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Imports;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Search;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Core.Sending;
using MailAdmin.Core.Vacations;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MailAdmin.Core.Data;

/// <summary>
/// The tables. Everything in Core may read; writes go through <see cref="MailDatabase.WriteAsync{T}"/> only.
/// </summary>
public abstract class MailContext(DbContextOptions options) : IdentityUserContext<Admin, long>(options), IDataProtectionKeyContext
{
    private static readonly ConcurrentDictionary<PropertyInfo, bool> ServerStates = new();

    public DbSet<MailStore> Stores => Set<MailStore>();
    public DbSet<MailDomain> Domains => Set<MailDomain>();
    public DbSet<DomainAlias> DomainAliases => Set<DomainAlias>();
    public DbSet<DomainSwitch> DomainSwitches => Set<DomainSwitch>();
    public DbSet<MailAddress> Addresses => Set<MailAddress>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<RetiredUsername> RetiredUsernames => Set<RetiredUsername>();
    public DbSet<Destination> Destinations => Set<Destination>();
    public DbSet<Vacation> Vacations => Set<Vacation>();
    public DbSet<AccountRedirect> Redirects => Set<AccountRedirect>();
    public DbSet<AdminDomain> AdminDomains => Set<AdminDomain>();
    public DbSet<AdminSession> AdminSessions => Set<AdminSession>();
    public DbSet<AdminToken> AdminTokens => Set<AdminToken>();
    public DbSet<AdminFailure> AdminFailures => Set<AdminFailure>();

    public DbSet<KnownNetwork> KnownNetworks => Set<KnownNetwork>();
    public DbSet<AdminAuthenticator> AdminAuthenticators => Set<AdminAuthenticator>();
    public DbSet<AdminRecoveryCode> AdminRecoveryCodes => Set<AdminRecoveryCode>();
    public DbSet<PasswordLink> PasswordLinks => Set<PasswordLink>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportRow> ImportRows => Set<ImportRow>();
    public DbSet<Hoster> Hosters => Set<Hoster>();
    public DbSet<ChangeCounter> ChangeCounters => Set<ChangeCounter>();
    public DbSet<Change> Changes => Set<Change>();
    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();
    public DbSet<ProvisioningJob> Jobs => Set<ProvisioningJob>();
    public DbSet<DriftRun> DriftRuns => Set<DriftRun>();
    public DbSet<DriftFinding> DriftFindings => Set<DriftFinding>();
    public DbSet<SendingLimitRow> SendingLimits => Set<SendingLimitRow>();
    public DbSet<SendingCount> SendingCounts => Set<SendingCount>();
    public DbSet<SendingStop> SendingStops => Set<SendingStop>();
    public DbSet<MailboxCopy> MailboxCopies => Set<MailboxCopy>();
    public DbSet<MailboxCopyFolder> MailboxCopyFolders => Set<MailboxCopyFolder>();
    public DbSet<MailboxCopyProblem> MailboxCopyProblems => Set<MailboxCopyProblem>();
    public DbSet<MapEntry> MapEntries => Set<MapEntry>();
    public DbSet<MapFollower> MapFollowers => Set<MapFollower>();
    public DbSet<SearchEntry> SearchEntries => Set<SearchEntry>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>The mail host that the maps are for: destinations under its own names take no mail unless it delivers them.</summary>
    internal MailHostNames Host { get; set; } = MailHostNames.None;

    /// <summary>
    /// Entries of a kind whose text contains one of these texts, which have three characters at least. Each database has its own way to
    /// find them.
    /// </summary>
    internal abstract IQueryable<SearchEntry> Containing(SearchKind kind, IEnumerable<string> texts);

    /// <summary>
    /// The collation that compares octets, which the keys of Postfix' maps and the pages of lists depend on. Every column of a key or an
    /// index has it, whatever the database's own default is.
    /// </summary>
    protected abstract string OctetCollation { get; }

    /// <summary>Only for ASP.NET's data protection keys: every other save has to pass <see cref="ChangeObserver"/>.</summary>
    /// <exception cref="NotSupportedException">Another entity was changed.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (ChangeTracker.Entries().Any(e => e.State != EntityState.Unchanged && e.Entity is not DataProtectionKey))
            throw new NotSupportedException("The maps would not follow. Save with SaveChangesAsync, within MailDatabase.WriteAsync.");
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Detect changes once here instead of three times: RaiseVersions, the change observer and EF Core all read them.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            RaiseVersions();
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.AddMailTypes();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(MailContext).Assembly);
        foreach (var column in builder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => p.IsKey() || p.IsIndex()))
        {
            if (IsText(column)) column.SetCollation(OctetCollation);
        }
    }

    private static bool IsText(IMutableProperty column) =>
        (column.GetValueConverter()?.ProviderClrType ?? column.GetProviderClrType() ?? column.ClrType) == typeof(string);

    private void RaiseVersions()
    {
        foreach (var entry in ChangeTracker.Entries<IVersioned>())
        {
            var version = entry.Property(e => e.Version);
            if (entry.State == EntityState.Added) version.CurrentValue = 1;
            else if (
                entry.State == EntityState.Modified
                && entry.Properties.Any(p => p.IsModified && !IsServerState(p.Metadata))) version.CurrentValue++;
        }
    }

    private static bool IsServerState(IProperty property) =>
        property.PropertyInfo is { } info && ServerStates.GetOrAdd(info, i => i.IsDefined(typeof(ServerStateAttribute)));
}
