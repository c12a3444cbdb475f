using MailAdmin.Core.Sending;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailAdmin.Core.Data;

// These tables have no foreign keys: counts are written in batches, and a deleted account must not keep the counts of the others from being
// written. Rows of deleted accounts are removed now and then.

internal sealed class SendingLimitConfiguration : IEntityTypeConfiguration<SendingLimitRow>
{
    public void Configure(EntityTypeBuilder<SendingLimitRow> builder)
    {
        builder.ToTable("SendingLimits");
        builder.HasKey(l => new { l.Scope, l.SubjectId });
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.Ignore(l => l.Limits);
    }
}

internal sealed class SendingCountConfiguration : IEntityTypeConfiguration<SendingCount>
{
    public void Configure(EntityTypeBuilder<SendingCount> builder)
    {
        builder.HasKey(c => new { c.AccountId, c.Hour });
        builder.HasIndex(c => c.Hour);
    }
}

internal sealed class SendingStopConfiguration : IEntityTypeConfiguration<SendingStop>
{
    public void Configure(EntityTypeBuilder<SendingStop> builder)
    {
        builder.HasKey(s => s.AccountId);
        builder.Property(s => s.AccountId).ValueGeneratedNever();
        builder.HasIndex(s => s.Until);
    }
}
