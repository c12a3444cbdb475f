using System.Data.Common;
using MailAdmin.Core.Sending;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Checks the headers of a user's message that say who sends it: each mailbox has to be an address that the account may send from.
/// </summary>
internal sealed class SenderHeaderRule(ISenderRights rights, ILogger<SenderHeaderRule> logger)
{
    /// <param name="login">The name that the user signed in with.</param>
    /// <returns>
    /// The line that the client gets; null if the message is allowed. A message without From: is allowed: the envelope sender was checked
    /// before.
    /// </returns>
    public string? Refusal(string login, SenderHeaders headers)
    {
        try
        {
            return rights.ChecksFrom() && FaultOf(login, headers) is { } fault ? $"550 5.7.1 {fault}" : null;
        }
        catch (DbException e)
        {
            // The message is accepted with the rights of the maps, as when nothing answers at the socket.
            logger.SendersUnreadable(e);
            return null;
        }
    }

    private string? FaultOf(string login, SenderHeaders headers)
    {
        var name = SenderName.Of(login);
        return headers.Fault(address => name is not null && rights.MaySendAs(name, address));
    }
}
