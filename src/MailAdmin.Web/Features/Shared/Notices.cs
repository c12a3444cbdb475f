using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace MailAdmin.Web.Features.Shared;

public enum NoticeKind
{
    Done,
    Warning,
}

/// <summary>A message that the next page shows once: "The account was created."</summary>
internal static class Notices
{
    private const string TextKey = "notice";
    private const string KindKey = "notice-kind";

    public static void Notice(this ITempDataDictionary data, string text, NoticeKind kind = NoticeKind.Done) =>
        (data[TextKey], data[KindKey]) = (text, (int)kind);

    /// <summary>Tells what was done, or, while the mail server has not answered, that it is only saved.</summary>
    public static void Notice(this ITempDataDictionary data, string done, bool isPending, string? pending = null)
    {
        if (isPending) data.Notice(pending ?? SharedTexts.SavedPending, NoticeKind.Warning);
        else data.Notice(done);
    }

    /// <summary>Returns the notice and removes it, or null.</summary>
    public static (string Text, NoticeKind Kind)? TakeNotice(this ITempDataDictionary data) =>
        data[TextKey] is string text ? (text, (NoticeKind)(data[KindKey] as int? ?? 0)) : null;
}
