using MailAdmin.Core.Addresses;

namespace MailAdmin.Core.Accounts;

/// <summary>An account to be made.</summary>
/// <param name="Quota">Null asks for no limit.</param>
/// <param name="Username">For domains with free names only; otherwise the panel decides it.</param>
public sealed record NewAccount(
    long DomainId, LocalPart LocalPart, Quota? Quota, string? Password, string? Confirmation, Username? Username = null);

/// <summary>Why an account can't be as asked.</summary>
public static class AccountProblems
{
    public static Results.Problem NotFound { get; } = new("AccountNotFound");
    public static Results.Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");
    /// <summary>The mail server can't be asked what is there.</summary>
    public static Results.Problem MailboxUnseen { get; } = new("MailboxUnseen");

    /// <summary>What is there is not what was shown.</summary>
    public static Results.Problem MailboxDiffers { get; } = new("MailboxDiffers");

    public static Results.Problem MailboxInPlace { get; } = new("AccountMailboxInPlace");
    public static Results.Problem LastAddress { get; } = new("AccountLastAddress");
    public static Results.Problem AddressNotFound { get; } = new("AccountAddressNotFound");
}
