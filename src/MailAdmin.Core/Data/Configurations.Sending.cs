using MailAdmin.Core.Sending;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailAdmin.Core.Data;

// Without foreign keys: counts are written in batches, and one account that is gone must not keep the others' from being written. What is
// left of those that are gone is removed now and then.

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
