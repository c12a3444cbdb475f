using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailAdmin.Core.Data;

// Keys, indexes and what the database itself has to hold.

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
