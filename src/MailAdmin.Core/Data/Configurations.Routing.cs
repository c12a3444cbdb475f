using MailAdmin.Core.Aliases;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Vacations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailAdmin.Core.Data;

// Keys, indexes and constraints that the database enforces.

internal sealed class DestinationConfiguration : IEntityTypeConfiguration<Destination>
{
    private static readonly string[] Owners = [nameof(Destination.AliasId), nameof(Destination.RedirectId)];
    private static readonly string[] Targets = [nameof(Destination.AccountId), nameof(Destination.LocalAddressId),
        nameof(Destination.External)];

    public void Configure(EntityTypeBuilder<Destination> builder)
    {
        // An alias or redirect has no destination twice. Each index covers the destinations of one kind of owner.
        foreach (var owner in Owners)
        {
            foreach (var target in Targets) builder.HasIndex(owner, target).IsUnique().HasFilter($"\"{owner}\" IS NOT NULL");
        }
        // Finds the destinations that become local when a domain or an address is added.
        builder.HasIndex(d => d.ExternalDomain);
        builder.HasOne(d => d.Alias).WithMany(a => a.Destinations).HasForeignKey(d => d.AliasId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(d => d.Redirect).WithMany(r => r.Destinations).HasForeignKey(d => d.RedirectId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(d => d.Account).WithMany().HasForeignKey(d => d.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(d => d.LocalAddress).WithMany().HasForeignKey(d => d.LocalAddressId).OnDelete(DeleteBehavior.Cascade);
        builder.ToTable(t => t.HasCheckConstraint("CK_Destinations_OneOwner", IsOne(Owners)));
        builder.ToTable(t => t.HasCheckConstraint("CK_Destinations_OneTarget", IsOne(Targets)));
    }

    private static string IsOne(IEnumerable<string> columns) =>
        $"({string.Join(" + ", columns.Select(c => $"CASE WHEN \"{c}\" IS NULL THEN 0 ELSE 1 END"))}) = 1";
}

internal sealed class VacationConfiguration : IEntityTypeConfiguration<Vacation>
{
    public void Configure(EntityTypeBuilder<Vacation> builder)
    {
        builder.HasKey(v => v.AccountId);
        builder.Property(v => v.Version).IsConcurrencyToken();
        builder.HasOne(v => v.Account).WithOne().HasForeignKey<Vacation>(v => v.AccountId).OnDelete(DeleteBehavior.Cascade);
        // Finds the vacations that are to be looked at next.
        builder.HasIndex(v => new { v.IsOn, v.LookedAt });
        // The worker writes this column; an edit must never write back the value that it read earlier.
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
        builder.HasOne(r => r.Account).WithOne(a => a.Redirect).HasForeignKey<AccountRedirect>(r => r.AccountId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
