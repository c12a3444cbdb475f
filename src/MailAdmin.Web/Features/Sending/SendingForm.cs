using System.Globalization;
using MailAdmin.Core.Results;
using MailAdmin.Core.Sending;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Sending;

/// <summary>Limits as they were typed: an empty one is inherited, 0 means no limit.</summary>
/// <param name="Version">The version of the limits that the form was filled from; 0 if none was set.</param>
public sealed record SendingForm(
    long Version, string? MessagesPerHour, string? RecipientsPerHour, string? MessagesPerDay, string? RecipientsPerDay)
{
    public static SendingForm Of(SendingSettings settings) => new(
        settings.Version, Text(settings.Own.MessagesPerHour), Text(settings.Own.RecipientsPerHour), Text(settings.Own.MessagesPerDay),
        Text(settings.Own.RecipientsPerDay));

    /// <summary>Returns the limits, or all faults of the form.</summary>
    public Result<SendingLimits> ToLimits()
    {
        List<Problem> problems = [];
        var fields = new DomainFields(problems);
        var limits = new SendingLimits(
            fields.Count(MessagesPerHour, nameof(MessagesPerHour)), fields.Count(RecipientsPerHour, nameof(RecipientsPerHour)),
            fields.Count(MessagesPerDay, nameof(MessagesPerDay)), fields.Count(RecipientsPerDay, nameof(RecipientsPerDay)));
        return problems.Count > 0 ? problems : limits;
    }

    public string? Of(SendingMeasure measure) => measure switch
    {
        SendingMeasure.MessagesPerHour => MessagesPerHour,
        SendingMeasure.RecipientsPerHour => RecipientsPerHour,
        SendingMeasure.MessagesPerDay => MessagesPerDay,
        _ => RecipientsPerDay,
    };

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
