using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Search;
using MailAdmin.Core.Vacations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailAdmin.Core.Data;

// Keys, indexes and what the database itself has to hold.

internal sealed class MailStoreConfiguration : IEntityTypeConfiguration<MailStore>
{
    public void Configure(EntityTypeBuilder<MailStore> builder) => builder.HasIndex(s => s.Name).IsUnique();
}

internal sealed class MailDomainConfiguration : IEntityTypeConfiguration<MailDomain>
{
    public void Configure(EntityTypeBuilder<MailDomain> builder)
    {
        builder.HasIndex(d => d.Name).IsUnique();
        builder.HasIndex(d => d.Prefix).IsUnique();
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasOne(d => d.Store).WithMany().HasForeignKey(d => d.StoreId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(d => d.CatchAllAccountId).OnDelete(DeleteBehavior.SetNull);
        builder.Property(d => d.AllowsCatchAll).HasDefaultValue(true).HasSentinel(true);
        builder.Property(d => d.AllowsExternalDestinations).HasDefaultValue(true).HasSentinel(true);
        // Counters are raised by UPDATE; an edit of the domain must never write back what it read earlier.
        builder.Property(d => d.NextNumber).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.Property(d => d.AccountCount).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.Property(d => d.AllocatedKiB).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }
}

internal sealed class DomainAliasConfiguration : IEntityTypeConfiguration<DomainAlias>
{
    public void Configure(EntityTypeBuilder<DomainAlias> builder) => builder.HasIndex(a => a.Name).IsUnique();
}

internal sealed class MailAddressConfiguration : IEntityTypeConfiguration<MailAddress>
{
    public void Configure(EntityTypeBuilder<MailAddress> builder)
    {
        builder.HasIndex(a => new { a.DomainId, a.LocalPart }).IsUnique();
        builder.HasIndex(a => a.AccountId);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne(a => a.Account).WithMany(a => a.Addresses).HasForeignKey(a => a.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.HasIndex(a => a.Username).IsUnique();
        builder.HasIndex(a => new { a.DomainId, a.State });
        builder.HasIndex(a => a.PurgeAt);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne(a => a.Domain).WithMany().HasForeignKey(a => a.DomainId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RetiredUsernameConfiguration : IEntityTypeConfiguration<RetiredUsername>
{
    public void Configure(EntityTypeBuilder<RetiredUsername> builder) => builder.HasIndex(r => r.Username).IsUnique();
}

internal sealed class AliasDestinationConfiguration : IEntityTypeConfiguration<AliasDestination>
{
    public void Configure(EntityTypeBuilder<AliasDestination> builder)
    {
        builder.HasIndex(d => new { d.AliasId, d.AccountId }).IsUnique();
        builder.HasIndex(d => new { d.AliasId, d.LocalAddressId }).IsUnique();
        builder.HasIndex(d => new { d.AliasId, d.External }).IsUnique();
        // Which destinations become local when a domain or an address is added.
        builder.HasIndex(d => d.ExternalDomain);
        builder.HasOne(d => d.Alias).WithMany(a => a.Destinations).HasForeignKey(d => d.AliasId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(d => d.Account).WithMany().HasForeignKey(d => d.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(d => d.LocalAddress).WithMany().HasForeignKey(d => d.LocalAddressId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(t => t.HasCheckConstraint(
            "CK_AliasDestinations_One",
            """(CASE WHEN "AccountId" IS NULL THEN 0 ELSE 1 END + CASE WHEN "LocalAddressId" IS NULL THEN 0 ELSE 1 END + CASE WHEN "External" IS NULL THEN 0 ELSE 1 END) = 1"""));
    }
}

internal sealed class VacationConfiguration : IEntityTypeConfiguration<Vacation>
{
    public void Configure(EntityTypeBuilder<Vacation> builder)
    {
        builder.HasKey(v => v.AccountId);
        builder.Property(v => v.Version).IsConcurrencyToken();
        builder.HasOne(v => v.Account).WithOne().HasForeignKey<Vacation>(v => v.AccountId).OnDelete(DeleteBehavior.Cascade);
        // The worker's bookkeeping; an edit must never write back what it read earlier.
        builder.Property(v => v.Activated).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }
}

internal sealed class AccountRedirectConfiguration : IEntityTypeConfiguration<AccountRedirect>
{
    public void Configure(EntityTypeBuilder<AccountRedirect> builder)
    {
        builder.HasKey(r => r.AccountId);
        builder.Property(r => r.AccountId).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasOne(r => r.Account).WithOne(a => a.Redirect).HasForeignKey<AccountRedirect>(r => r.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RedirectDestinationConfiguration : IEntityTypeConfiguration<RedirectDestination>
{
    public void Configure(EntityTypeBuilder<RedirectDestination> builder)
    {
        builder.HasIndex(d => new { d.RedirectId, d.AccountId }).IsUnique();
        builder.HasIndex(d => new { d.RedirectId, d.LocalAddressId }).IsUnique();
        builder.HasIndex(d => new { d.RedirectId, d.External }).IsUnique();
        // Which destinations become local when a domain or an address is added.
        builder.HasIndex(d => d.ExternalDomain);
        builder.HasOne(d => d.Redirect).WithMany(r => r.Destinations).HasForeignKey(d => d.RedirectId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(d => d.Account).WithMany().HasForeignKey(d => d.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(d => d.LocalAddress).WithMany().HasForeignKey(d => d.LocalAddressId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(t => t.HasCheckConstraint(
            "CK_RedirectDestinations_One",
            """(CASE WHEN "AccountId" IS NULL THEN 0 ELSE 1 END + CASE WHEN "LocalAddressId" IS NULL THEN 0 ELSE 1 END + CASE WHEN "External" IS NULL THEN 0 ELSE 1 END) = 1"""));
    }
}

internal sealed class AdminConfiguration : IEntityTypeConfiguration<Admin>
{
    public void Configure(EntityTypeBuilder<Admin> builder) => builder.ToTable("Admins");
}

internal sealed class HosterConfiguration : IEntityTypeConfiguration<Hoster>
{
    public void Configure(EntityTypeBuilder<Hoster> builder)
    {
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Version).IsConcurrencyToken();
    }
}

internal sealed class AdminDomainConfiguration : IEntityTypeConfiguration<AdminDomain>
{
    public void Configure(EntityTypeBuilder<AdminDomain> builder) => builder.HasKey(d => new { d.AdminId, d.DomainId });
}

internal sealed class AdminSessionConfiguration : IEntityTypeConfiguration<AdminSession>
{
    public void Configure(EntityTypeBuilder<AdminSession> builder) => builder.HasKey(s => s.KeyHash);
}

internal sealed class ChangeConfiguration : IEntityTypeConfiguration<Change>
{
    public void Configure(EntityTypeBuilder<Change> builder) => builder.Property(c => c.Id).ValueGeneratedNever();
}

internal sealed class ChangeCounterConfiguration : IEntityTypeConfiguration<ChangeCounter>
{
    public void Configure(EntityTypeBuilder<ChangeCounter> builder) => builder.Property(c => c.Id).ValueGeneratedNever();
}

internal sealed class AuditEventConfiguration : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.HasIndex(e => e.Domain);
        builder.HasOne(e => e.Change).WithMany().HasForeignKey(e => e.ChangeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OutboxTaskConfiguration : IEntityTypeConfiguration<OutboxTask>
{
    public void Configure(EntityTypeBuilder<OutboxTask> builder)
    {
        builder.HasIndex(t => new { t.Kind, t.SubjectId }).IsUnique();
        builder.HasIndex(t => t.DueAt);
    }
}

internal sealed class MapEntryConfiguration : IEntityTypeConfiguration<MapEntry>
{
    public void Configure(EntityTypeBuilder<MapEntry> builder)
    {
        builder.HasKey(e => new { e.Map, e.Key });
        builder.HasIndex(e => e.Sequence);
        builder.HasIndex(e => new { e.Owner, e.OwnerId });
    }
}

internal sealed class MapFollowerConfiguration : IEntityTypeConfiguration<MapFollower>
{
    public void Configure(EntityTypeBuilder<MapFollower> builder) => builder.HasKey(f => f.Host);
}

internal sealed class SearchEntryConfiguration : IEntityTypeConfiguration<SearchEntry>
{
    public void Configure(EntityTypeBuilder<SearchEntry> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Kind).HasConversion<string>();
        builder.HasIndex(e => new { e.Kind, e.Text });
        builder.HasIndex(e => new { e.DomainId, e.Kind, e.Text });
    }
}
