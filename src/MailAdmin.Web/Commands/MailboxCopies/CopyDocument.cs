using MailAdmin.Core.MailboxCopies;

namespace MailAdmin.Web.Commands.MailboxCopies;

/// <summary>A copy for programs, without its password.</summary>
internal static class CopyDocument
{
    public static object Of(string username, MailboxCopy copy) => new
    {
        username,
        copy.State,
        copy.Host,
        copy.Port,
        copy.User,
        copy.Failure,
        copy.FailureText,
        copy.Messages,
        copy.TotalMessages,
        copy.Octets,
        copy.TotalOctets,
        copied = copy.CopiedMessages,
        notCopied = copy.Failures,
        copy.RequestedAt,
        copy.EndedAt,
    };
}
