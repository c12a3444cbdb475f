using MailAdmin.Core.Data;

namespace MailAdmin.Core.Sending;

/// <summary>Whose limits they are.</summary>
public enum SendingScope
{
    /// <summary>Everybody's who has no others; the subject is 0.</summary>
    Hoster,
    Domain,
    Account,
}

/// <summary>Limits that were set. Where there is no row, all is taken from above.</summary>
public sealed class SendingLimitRow : IVersioned
{
    public SendingScope Scope { get; set; }

    /// <summary>The domain's or the account's row.</summary>
    public long SubjectId { get; set; }

    public int? MessagesPerHour { get; set; }

    public int? RecipientsPerHour { get; set; }

    public int? MessagesPerDay { get; set; }

    public int? RecipientsPerDay { get; set; }

    public long Version { get; set; }

    public SendingLimits Limits
    {
        get => new(MessagesPerHour, RecipientsPerHour, MessagesPerDay, RecipientsPerDay);
        set => (MessagesPerHour, RecipientsPerHour, MessagesPerDay, RecipientsPerDay) = (
            value.MessagesPerHour, value.RecipientsPerHour, value.MessagesPerDay, value.RecipientsPerDay);
    }
}

/// <summary>What an account sent in one hour (<see cref="SendingHour"/>).</summary>
public sealed class SendingCount
{
    public long AccountId { get; set; }

    public long Hour { get; set; }

    public long Messages { get; set; }

    public long Recipients { get; set; }
}

/// <summary>An account reached a limit and sends nothing more for a while.</summary>
public sealed class SendingStop
{
    public long AccountId { get; set; }

    public SendingMeasure Measure { get; set; }

    /// <summary>The limit as it was.</summary>
    public int Limit { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>When it may send again by itself.</summary>
    public DateTimeOffset Until { get; set; }
}
