using MailAdmin.Core.MailboxCopies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailAdmin.Core.Data;

internal sealed class MailboxCopyConfiguration : IEntityTypeConfiguration<MailboxCopy>
{
    public void Configure(EntityTypeBuilder<MailboxCopy> builder)
    {
        builder.HasIndex(c => c.AccountId).IsUnique();
        builder.HasIndex(c => new { c.State, c.DueAt });
        builder.Property(c => c.Host).HasMaxLength(MailboxCopy.MaxHostLength);
        builder.Property(c => c.User).HasMaxLength(MailboxCopy.MaxUserLength);
        builder.Property(c => c.ProxyUser).HasMaxLength(MailboxCopy.MaxUserLength);
        builder.HasOne(c => c.Account).WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.Ignore(c => c.IsOpen);
    }
}

internal sealed class MailboxCopyFolderConfiguration : IEntityTypeConfiguration<MailboxCopyFolder>
{
    public void Configure(EntityTypeBuilder<MailboxCopyFolder> builder)
    {
        builder.HasIndex(f => new { f.CopyId, f.Source }).IsUnique();
        builder.HasOne(f => f.Copy).WithMany().HasForeignKey(f => f.CopyId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MailboxCopyProblemConfiguration : IEntityTypeConfiguration<MailboxCopyProblem>
{
    public void Configure(EntityTypeBuilder<MailboxCopyProblem> builder)
    {
        builder.HasIndex(p => new { p.CopyId, p.Kind });
        builder.Ignore(p => p.IsNote);
        builder.HasOne(p => p.Copy).WithMany().HasForeignKey(p => p.CopyId).OnDelete(DeleteBehavior.Cascade);
    }
}
