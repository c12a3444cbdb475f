namespace MailAdmin.Core.Accounts;

/// <summary>What an account may use. <see cref="Receiving"/> is no sign-in: it says whether mail is taken for its addresses.</summary>
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
