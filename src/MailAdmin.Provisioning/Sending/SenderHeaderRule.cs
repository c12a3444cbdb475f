using System.Data.Common;
using MailAdmin.Core.Sending;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Says what is wrong with the headers of a user's message that say who sends it: each mailbox has to be one that the account may send
/// from.
/// </summary>
internal sealed class SenderHeaderRule(ISenderRights rights, ILogger<SenderHeaderRule> logger)
{
    /// <param name="login">As somebody signed in.</param>
    /// <returns>
    /// The line that the client hears; null where all is well. Without From: it is: the envelope sender was looked at before.
    /// </returns>
    public string? Refusal(string login, SenderHeaders headers)
    {
        try
        {
            return rights.ChecksFrom() && FaultOf(login, headers) is { } fault ? $"550 5.7.1 {fault}" : null;
        }
        catch (DbException e)
        {
            // Mail goes on with the rights of the maps, as when nobody answers here.
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
