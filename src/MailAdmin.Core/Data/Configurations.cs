using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailAdmin.Core.Data;

// Keys, indexes and constraints that the database enforces.

internal sealed class MailStoreConfiguration : IEntityTypeConfiguration<MailStore>
{
    public void Configure(EntityTypeBuilder<MailStore> builder) => builder.HasIndex(s => s.Name).IsUnique();
}

internal sealed class MailDomainConfiguration : IEntityTypeConfiguration<MailDomain>
{
    public void Configure(EntityTypeBuilder<MailDomain> builder)
    {
        builder.HasIndex(d => d.Name).IsUnique();
        builder.HasIndex(d => d.SortName);
        builder.Property(d => d.SortName).HasMaxLength(DomainName.MaxLength);
        builder.HasIndex(d => d.Prefix).IsUnique();
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasOne(d => d.Store).WithMany().HasForeignKey(d => d.StoreId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(d => d.CatchAllAccountId).OnDelete(DeleteBehavior.SetNull);
        builder.Property(d => d.AllowsCatchAll).HasDefaultValue(true).HasSentinel(true);
        builder.Property(d => d.AllowsExternalDestinations).HasDefaultValue(true).HasSentinel(true);
        // Counters are raised by UPDATE; an edit of the domain must never write back the values that it read earlier.
        builder.Property(d => d.NextNumber).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.Property(d => d.AccountCount).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.Property(d => d.AllocatedKiB).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }
}

internal sealed class DomainAliasConfiguration : IEntityTypeConfiguration<DomainAlias>
{
    public void Configure(EntityTypeBuilder<DomainAlias> builder) => builder.HasIndex(a => a.Name).IsUnique();
}

internal sealed class DomainSwitchConfiguration : IEntityTypeConfiguration<DomainSwitch>
{
    public void Configure(EntityTypeBuilder<DomainSwitch> builder)
    {
        builder.HasKey(s => s.DomainId);
        builder.Property(s => s.DomainId).ValueGeneratedNever();
        builder.HasOne(s => s.Domain).WithOne(d => d.Switch).HasForeignKey<DomainSwitch>(s => s.DomainId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(s => s.Reports).WithOne().HasForeignKey(r => r.DomainId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SwitchReportConfiguration : IEntityTypeConfiguration<SwitchReport>
{
    public void Configure(EntityTypeBuilder<SwitchReport> builder)
    {
        builder.ToTable("SwitchReports");
        builder.HasKey(r => new { r.DomainId, r.Host });
    }
}

internal sealed class MailAddressConfiguration : IEntityTypeConfiguration<MailAddress>
{
    public void Configure(EntityTypeBuilder<MailAddress> builder)
    {
        builder.HasIndex(a => new { a.DomainId, a.LocalPart }).IsUnique();
        builder.HasIndex(a => a.AccountId);
        // Counts a domain's aliases without reading its accounts' addresses.
        builder.HasIndex(a => a.DomainId, "IX_Addresses_Aliases").HasFilter("\"AccountId\" IS NULL");
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne(a => a.Account).WithMany(a => a.Addresses).HasForeignKey(a => a.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.HasIndex(a => a.Username).IsUnique();
        builder.Property(a => a.PersonName).HasMaxLength(PersonName.MaxLength);
        builder.HasIndex(a => new { a.DomainId, a.State });
        builder.HasIndex(a => a.PurgeAt);
        // Full mailboxes are queried every few seconds.
        builder.HasIndex(a => a.Id, "IX_Accounts_Full").HasFilter("\"IsFull\"");
        // Counts a domain's full mailboxes without reading all its accounts.
        builder.HasIndex(a => a.DomainId, "IX_Accounts_FullOfDomain").HasFilter("\"IsFull\"");
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne(a => a.Domain).WithMany().HasForeignKey(a => a.DomainId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RetiredUsernameConfiguration : IEntityTypeConfiguration<RetiredUsername>
{
    public void Configure(EntityTypeBuilder<RetiredUsername> builder) => builder.HasIndex(r => r.Username).IsUnique();
}

internal sealed class HosterConfiguration : IEntityTypeConfiguration<Hoster>
{
    public void Configure(EntityTypeBuilder<Hoster> builder)
    {
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Version).IsConcurrencyToken();
    }
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
        // One index for each filter of the audit page, in the order that the page reads.
        builder.HasIndex(e => e.At);
        builder.HasIndex(e => new { e.DomainId, e.At });
        builder.HasIndex(e => new { e.Domain, e.At });
        builder.HasIndex(e => new { e.Subject, e.At });
        builder.HasIndex(e => new { e.ActorName, e.At });
        builder.HasIndex(e => new { e.Kind, e.At });
        builder.HasOne(e => e.Change).WithMany().HasForeignKey(e => e.ChangeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ProvisioningJobConfiguration : IEntityTypeConfiguration<ProvisioningJob>
{
    public void Configure(EntityTypeBuilder<ProvisioningJob> builder)
    {
        builder.HasIndex(t => new { t.Kind, t.SubjectId }).IsUnique();
        builder.HasIndex(t => t.DueAt);
    }
}

internal sealed class DriftFindingConfiguration : IEntityTypeConfiguration<DriftFinding>
{
    public void Configure(EntityTypeBuilder<DriftFinding> builder) => builder.HasIndex(f => new { f.RunId, f.Kind });
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
