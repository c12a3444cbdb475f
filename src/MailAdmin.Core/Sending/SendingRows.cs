using MailAdmin.Core.Data;

namespace MailAdmin.Core.Sending;

/// <summary>The level at which limits are set.</summary>
public enum SendingScope
{
    /// <summary>The default for all accounts; the subject id is 0.</summary>
    Hoster,
    Domain,
    Account,
}

/// <summary>Limits that were set. If there is no row, all limits are inherited.</summary>
public sealed class SendingLimitRow : IVersioned
{
    public SendingScope Scope { get; set; }

    /// <summary>Id of the domain or the account.</summary>
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

/// <summary>An account reached a limit and may not send for a while.</summary>
public sealed class SendingStop
{
    public long AccountId { get; set; }

    public SendingMeasure Measure { get; set; }

    /// <summary>The limit at that time.</summary>
    public int Limit { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>When it may send again without intervention.</summary>
    public DateTimeOffset Until { get; set; }
}
