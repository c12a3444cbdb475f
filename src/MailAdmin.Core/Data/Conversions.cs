using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MailAdmin.Core.Data;

/// <summary>How Core's types are stored in columns, the same in each database.</summary>
internal static class Conversions
{
    public static void AddMailTypes(this ModelConfigurationBuilder builder)
    {
        builder.Properties<DomainName>().HaveConversion<DomainNameConverter>().HaveMaxLength(DomainName.MaxLength);
        builder.Properties<Prefix>().HaveConversion<PrefixConverter>().HaveMaxLength(Prefix.MaxLength);
        builder.Properties<LocalPart>().HaveConversion<LocalPartConverter>().HaveMaxLength(LocalPart.MaxLength);
        builder.Properties<AddrSpec>().HaveConversion<AddrSpecConverter>().HaveMaxLength(320);
        builder.Properties<Username>().HaveConversion<UsernameConverter>().HaveMaxLength(Username.MaxLength);
        builder.Properties<MailboxId>().HaveConversion<MailboxIdConverter>().HaveMaxLength(MailboxId.MaxLength);
        builder.Properties<Quota>().HaveConversion<QuotaConverter>();
        // SQLite can neither compare nor sort a DateTimeOffset, so times are stored as UTC ticks in every database.
        builder.Properties<DateTimeOffset>().HaveConversion<TimeConverter>();
    }

    // Internal, not private: the compiled model (publish.sh) refers to them.
    internal sealed class DomainNameConverter() : ValueConverter<DomainName, string>(v => v.Value, s => DomainName.Parse(s));

    internal sealed class PrefixConverter() : ValueConverter<Prefix, string>(v => v.Value, s => Prefix.Parse(s));

    internal sealed class LocalPartConverter() : ValueConverter<LocalPart, string>(v => v.Value, s => LocalPart.Parse(s));

    internal sealed class AddrSpecConverter() : ValueConverter<AddrSpec, string>(v => v.Value, s => AddrSpec.Parse(s));

    internal sealed class UsernameConverter() : ValueConverter<Username, string>(v => v.Value, s => Username.Parse(s));

    internal sealed class MailboxIdConverter() : ValueConverter<MailboxId, string>(v => v.Value, s => MailboxId.Parse(s));

    internal sealed class QuotaConverter() : ValueConverter<Quota, long>(v => v.KiB, n => new Quota(n));

    internal sealed class TimeConverter()
        : ValueConverter<DateTimeOffset, long>(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
}
