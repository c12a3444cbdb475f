using System.Globalization;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.MailboxCopies;

/// <summary>Texts about a copy.</summary>
internal static class MailboxCopyText
{
    public static string StateOf(MailboxCopyState state) => state switch
    {
        MailboxCopyState.Waiting => MailboxCopyTexts.Waiting,
        MailboxCopyState.Running => MailboxCopyTexts.Running,
        MailboxCopyState.Paused => MailboxCopyTexts.Paused,
        MailboxCopyState.Finished => MailboxCopyTexts.Finished,
        MailboxCopyState.Failed => SharedTexts.Failed,
        MailboxCopyState.Cancelled => MailboxCopyTexts.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>The CSS class of the chip.</summary>
    public static string StyleOf(MailboxCopy copy) => copy.State switch
    {
        MailboxCopyState.Finished => copy.Failures == 0 ? "ok" : "bad",
        MailboxCopyState.Failed => "bad",
        MailboxCopyState.Running or MailboxCopyState.Waiting => "wait",
        _ => "idle",
    };

    public static string KindOf(CopyProblemKind kind) => kind switch
    {
        CopyProblemKind.OverQuota => MailboxCopyTexts.OverQuota,
        CopyProblemKind.Refused => MailboxCopyTexts.Refused,
        CopyProblemKind.Unreadable => MailboxCopyTexts.Unreadable,
        CopyProblemKind.FolderRefused => MailboxCopyTexts.FolderRefused,
        CopyProblemKind.FolderGone => MailboxCopyTexts.FolderGone,
        CopyProblemKind.Repaired => MailboxCopyTexts.Repaired,
        CopyProblemKind.KeywordsLeft => MailboxCopyTexts.KeywordsLeft,
        CopyProblemKind.FolderRenamed => MailboxCopyTexts.FolderRenamed,
        CopyProblemKind.FolderNameInvalid => MailboxCopyTexts.FolderNameInvalid,
        CopyProblemKind.FolderVirtual => MailboxCopyTexts.FolderVirtual,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Why the last attempt failed, with the server's words; null if it did not.</summary>
    public static string? FailureOf(MailboxCopy copy) =>
        copy.Failure is { } failure ? Problems.TextOf(MailboxCopyProblems.Of(failure, copy.FailureText)) : null;

    /// <summary>Messages here of those that are there.</summary>
    public static string MessagesOf(MailboxCopy copy) => MailboxCopyTexts.FormatOf(copy.Messages.Shown(), copy.TotalMessages.Shown());

    public static string OctetsOf(MailboxCopy copy) => copy.TotalOctets > 0
        ? MailboxCopyTexts.FormatOf(Short(copy.Octets), Short(copy.TotalOctets)) : Short(copy.Octets);

    /// <summary>Messages and octets a second; null while it does not run.</summary>
    public static string? RateOf(MailboxCopy copy) => copy is { State: MailboxCopyState.Running, MessageRate: > 0 }
        ? MailboxCopyTexts.FormatRate(((long)copy.MessageRate).Shown(), Short(copy.OctetRate)) : null;

    /// <summary>How long the rest takes at the present rate; null if that can't be told.</summary>
    public static string? TimeLeftOf(MailboxCopy copy)
    {
        if (copy is not { State: MailboxCopyState.Running, MessageRate: > 0 }) return null;
        var left = TimeSpan.FromSeconds(Math.Max(0, copy.TotalMessages - copy.Messages - copy.Failures) / copy.MessageRate);
        return left < TimeSpan.FromMinutes(1) ? MailboxCopyTexts.LessThanMinute
            : left < TimeSpan.FromHours(1) ? MailboxCopyTexts.FormatMinutes(((int)left.TotalMinutes).Shown())
            : MailboxCopyTexts.FormatHours(((int)left.TotalHours).Shown(), left.Minutes.Shown());
    }

    /// <summary>Beside a server's name: who signs in.</summary>
    public static string SourceOf(MailboxCopy copy) => $"{copy.User} · {copy.Host}:{copy.Port}";

    // One unit alone: beside each other, two amounts with both would be hard to compare.
    private static string Short(double octets)
    {
        const double mebi = 1024 * 1024;
        return octets >= 1024 * mebi ? SharedTexts.FormatGigabytes(Rounded(octets / mebi / 1024))
            : SharedTexts.FormatMegabytes(Rounded(octets / mebi));
    }

    private static string Rounded(double amount) => amount.ToString("#,0.##", CultureInfo.CurrentCulture);
}
