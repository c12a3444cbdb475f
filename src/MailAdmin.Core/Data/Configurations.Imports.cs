using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailAdmin.Core.Data;

// Keys, indexes and constraints that the database enforces.

internal sealed class ImportConfiguration : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.HasIndex(i => i.AdminId);
        builder.HasIndex(i => i.CreatedAt);
        builder.HasOne<Admin>().WithMany().HasForeignKey(i => i.AdminId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<MailDomain>().WithMany().HasForeignKey(i => i.DomainId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ImportRowConfiguration : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> builder)
    {
        builder.HasKey(r => new { r.ImportId, r.Number });
        builder.HasIndex(r => new { r.ImportId, r.State });
        builder.HasOne<Import>().WithMany().HasForeignKey(r => r.ImportId).OnDelete(DeleteBehavior.Cascade);
    }
}
