using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Core.SecondFactors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailAdmin.Core.Data;

// Keys, indexes and constraints that the database enforces.

internal sealed class AdminConfiguration : IEntityTypeConfiguration<Admin>
{
    public void Configure(EntityTypeBuilder<Admin> builder) => builder.ToTable("Admins");
}

internal sealed class AdminDomainConfiguration : IEntityTypeConfiguration<AdminDomain>
{
    public void Configure(EntityTypeBuilder<AdminDomain> builder) => builder.HasKey(d => new { d.AdminId, d.DomainId });
}

internal sealed class AdminSessionConfiguration : IEntityTypeConfiguration<AdminSession>
{
    public void Configure(EntityTypeBuilder<AdminSession> builder) => builder.HasKey(s => s.KeyHash);
}

internal sealed class KnownNetworkConfiguration : IEntityTypeConfiguration<KnownNetwork>
{
    public void Configure(EntityTypeBuilder<KnownNetwork> builder)
    {
        builder.HasKey(p => new { p.AdminId, p.Network });
        builder.Property(p => p.Network).HasMaxLength(KnownNetwork.MaxLength);
    }
}

internal sealed class AdminTokenConfiguration : IEntityTypeConfiguration<AdminToken>
{
    public void Configure(EntityTypeBuilder<AdminToken> builder)
    {
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasIndex(t => new { t.AdminId, t.Name }).IsUnique();
        builder.Property(t => t.Name).HasMaxLength(AdminToken.MaxNameLength);
        builder.HasOne(t => t.Admin).WithMany().HasForeignKey(t => t.AdminId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AdminFailureConfiguration : IEntityTypeConfiguration<AdminFailure>
{
    public void Configure(EntityTypeBuilder<AdminFailure> builder)
    {
        builder.HasKey(f => new { f.AdminId, f.Network });
        builder.Property(f => f.Network).HasMaxLength(KnownNetwork.MaxLength);
        builder.HasOne(f => f.Admin).WithMany().HasForeignKey(f => f.AdminId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AdminAuthenticatorConfiguration : IEntityTypeConfiguration<AdminAuthenticator>
{
    public void Configure(EntityTypeBuilder<AdminAuthenticator> builder)
    {
        builder.HasKey(a => a.AdminId);
        builder.Property(a => a.AdminId).ValueGeneratedNever();
        builder.HasOne(a => a.Admin).WithOne().HasForeignKey<AdminAuthenticator>(a => a.AdminId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AdminRecoveryCodeConfiguration : IEntityTypeConfiguration<AdminRecoveryCode>
{
    public void Configure(EntityTypeBuilder<AdminRecoveryCode> builder)
    {
        builder.HasIndex(c => new { c.AdminId, c.Hash }).IsUnique();
        builder.HasOne(c => c.Admin).WithMany().HasForeignKey(c => c.AdminId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PasswordLinkConfiguration : IEntityTypeConfiguration<PasswordLink>
{
    public void Configure(EntityTypeBuilder<PasswordLink> builder)
    {
        builder.Property(l => l.Id).HasMaxLength(20);
        builder.Property(l => l.Language).HasMaxLength(10);
        builder.HasIndex(l => new { l.AdminId, l.CreatedAt });
        builder.HasOne(l => l.Account).WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(l => l.Admin).WithMany().HasForeignKey(l => l.AdminId).OnDelete(DeleteBehavior.Cascade);
    }
}
