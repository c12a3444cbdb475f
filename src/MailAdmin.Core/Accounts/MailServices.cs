namespace MailAdmin.Core.Accounts;

/// <summary>What an account may be used for; each is enforced, by the login socket or by the maps.</summary>
[Flags]
public enum MailServices
{
    None = 0,
    Imap = 1,
    Pop3 = 2,

    /// <summary>Managing one's own Sieve filters (RFC 5804).</summary>
    Sieve = 4,

    /// <summary>Sending through SMTP AUTH (RFC 4954).</summary>
    Smtp = 8,

    /// <summary>Taking mail in.</summary>
    Receiving = 16,
    All = Imap | Pop3 | Sieve | Smtp | Receiving,
}
