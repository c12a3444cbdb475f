namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>An IMAP server said NO or BAD to one command; the connection can still be used.</summary>
internal sealed class ImapRefusal(string end) : Exception(end)
{
    /// <summary>The server's words, without NO.</summary>
    public string ResponseText => Message.Split(' ', 2) is [_, var words] ? words : Message;
}
