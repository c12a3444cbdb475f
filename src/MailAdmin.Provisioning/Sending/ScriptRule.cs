using System.Data.Common;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Says what is wrong with a message of an account's own script. Whatever is refused here Cyrus does not try again: it keeps the message
/// that the script was about in the inbox (docs/decisions/0033).
/// </summary>
internal sealed class ScriptRule(ISenderRights rights, ILogger<ScriptRule> logger)
{
    private const string Redirect = "redirect";

    // What Cyrus writes itself: its From: is the host's own, and the script has a say in the text alone.
    private const string Reject = "reject";

    /// <returns>The line that Cyrus hears; null where all is well.</returns>
    public string? Refusal(MilterMessage message)
    {
        try
        {
            return message.SieveAction switch
            {
                // No script of this Cyrus.
                null or Reject => null,
                Redirect => FaultOfRedirect(message),
                _ => rights.ChecksFrom() ? FaultOfAnswer(message) : null,
            };
        }
        catch (DbException e)
        {
            // Mail goes on, as when nobody answers here. The daily comparison names such scripts.
            logger.SendersUnreadable(e);
            return null;
        }
    }

    private string? FaultOfRedirect(MilterMessage message)
    {
        var isAllowed = !message.HasTooManyRecipients && message.Recipients.All(r => rights.MayRedirectTo(message.Author, DomainOf(r)));
        return isAllowed ? null : "550 5.7.1 The domain of this account does not let mail be redirected outside";
    }

    private string? FaultOfAnswer(MilterMessage message) =>
        message.Senders.Fault(address => rights.MayAnswerAs(message.Author, address)) is { } fault ? $"550 5.7.1 {fault}" : null;

    private static DomainName? DomainOf(string recipient) =>
        DomainName.TryParse(recipient[(recipient.LastIndexOf('@') + 1)..], out var domain)
            && recipient.Contains('@', StringComparison.Ordinal) ? domain : null;
}
