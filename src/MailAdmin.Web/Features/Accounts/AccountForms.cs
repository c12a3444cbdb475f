using MailAdmin.Core.Accounts;
using MailAdmin.Core.Passwords;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>One more address of the account, with or without the domain.</summary>
public sealed record AddressForm(string? Address);

/// <summary>A new quota as it was typed. <paramref name="Unlimited"/> counts before the text.</summary>
public sealed record QuotaForm(string? Quota, bool Unlimited, long Version);

/// <summary>What is ticked.</summary>
public sealed record ServicesForm(bool Imap, bool Pop3, bool Sieve, bool Smtp, bool Receiving, long Version)
{
    public static ServicesForm Of(AccountRow account) => new(
        account.Services.HasFlag(MailProtocols.Imap), account.Services.HasFlag(MailProtocols.Pop3),
        account.Services.HasFlag(MailProtocols.Sieve),
        account.Services.HasFlag(MailProtocols.Smtp), account.Services.HasFlag(MailProtocols.Receiving), account.Version);

    public MailProtocols ToServices() =>
        If(Imap, MailProtocols.Imap) | If(Pop3, MailProtocols.Pop3) | If(Sieve, MailProtocols.Sieve) | If(Smtp, MailProtocols.Smtp)
        | If(Receiving, MailProtocols.Receiving);

    private static MailProtocols If(bool ticked, MailProtocols service) => ticked ? service : MailProtocols.None;
}

/// <summary>Another username; typed where the domain's are not numbered.</summary>
public sealed record UsernameForm(string? Username, long Version);

/// <param name="Stamp">Of what was shown of the mailbox.</param>
public sealed record TakeOverForm(bool RemoveRights, bool StopScript, string? Stamp, long Version)
{
    public TakeOver ToTakeOver() =>
        (RemoveRights ? TakeOver.RemoveRights : TakeOver.None) | (StopScript ? TakeOver.StopScript : TakeOver.None);
}

/// <param name="Mail"><c>hold</c> or <c>refuse</c>: what senders hear meanwhile.</param>
/// <param name="HoldStamp">Of the effects that were shown for the one.</param>
/// <param name="RefuseStamp">And for the other.</param>
public sealed record SuspensionForm(string? Mail, long Version, string? HoldStamp = null, string? RefuseStamp = null)
{
    public const string Hold = "hold";
    public const string Refuse = "refuse";

    public bool HoldsMail => Mail != Refuse;

    public string? Stamp => HoldsMail ? HoldStamp : RefuseStamp;
}

/// <param name="Stamp">Of the effects that were shown.</param>
public sealed record DeletionForm(long Version, bool ForGood, string? Stamp);

/// <summary>Two equal passwords, typed or made by the panel.</summary>
/// <param name="Made">The panel made it, so somebody has to be shown it.</param>
public sealed record ChosenPassword(string? Password, string? Confirmation, bool Made)
{
    /// <param name="generate">What was typed does not count.</param>
    public static ChosenPassword Of(bool generate, string? password, string? confirmation)
    {
        if (!generate) return new(password, confirmation, false);
        var made = PasswordGenerator.Create();
        return new(made, made, true);
    }
}
