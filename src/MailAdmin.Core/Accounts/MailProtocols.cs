namespace MailAdmin.Core.Accounts;

/// <summary>The services of an account. <see cref="Receiving"/> has no login: it says whether its addresses accept mail.</summary>
[Flags]
public enum MailProtocols
{
    None = 0,
    Imap = 1,
    Pop3 = 2,
    Sieve = 4,
    Smtp = 8,
    Receiving = 16,
    All = Imap | Pop3 | Sieve | Smtp | Receiving,
}
