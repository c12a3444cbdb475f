using System.Data.Common;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Checks the messages that an account's own script sends. Cyrus does not retry a refused message: it keeps the message that the script
/// acted on in the inbox (docs/decisions/0033).
/// </summary>
internal sealed class ScriptRule(ISenderRights rights, ILogger<ScriptRule> logger)
{
    private const string Redirect = "redirect";

    // A message that Cyrus composes itself: its From: is the host's own, and the script influences only the text.
    private const string Reject = "reject";

    /// <returns>The line that Cyrus gets; null if the message is allowed.</returns>
    public string? Refusal(MilterMessage message)
    {
        try
        {
            return message.SieveAction switch
            {
                // The message is not from a script of this Cyrus, or is a reject.
                null or Reject => null,
                Redirect => FaultOfRedirect(message),
                _ => rights.ChecksFrom() ? FaultOfAnswer(message) : null,
            };
        }
        catch (DbException e)
        {
            // The message is accepted, as when nothing answers at the socket. The daily comparison reports such scripts.
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
