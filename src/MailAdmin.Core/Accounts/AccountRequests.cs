using MailAdmin.Core.Addresses;

namespace MailAdmin.Core.Accounts;

/// <summary>An account to be created.</summary>
/// <param name="Quota">Null means no limit.</param>
/// <param name="Username">Only for domains with free usernames; otherwise the panel decides it.</param>
public sealed record NewAccount(
    long DomainId, LocalPart LocalPart, Quota? Quota, string? Password, string? Confirmation, Username? Username = null)
{
    /// <summary>The name of the person who uses it; null if nobody said.</summary>
    public string? PersonName { get; init; }

    /// <summary>
    /// The username comes from elsewhere and is kept, whatever the domain's naming scheme is. Only a superuser may do this.
    /// </summary>
    public bool KeepsUsername { get; init; }
}

/// <summary>Reasons why an account cannot be created or changed as requested.</summary>
public static class AccountProblems
{
    public static Results.Problem NotFound { get; } = new("AccountNotFound");
    public static Results.Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");
    /// <summary>The mail server cannot be asked for the existing mailbox.</summary>
    public static Results.Problem MailboxUnseen { get; } = new("MailboxUnseen");

    /// <summary>The existing mailbox is not the one that was shown.</summary>
    public static Results.Problem MailboxDiffers { get; } = new("MailboxDiffers");

    public static Results.Problem MailboxInPlace { get; } = new("AccountMailboxInPlace");
    public static Results.Problem LastAddress { get; } = new("AccountLastAddress");
    public static Results.Problem AddressNotFound { get; } = new("AccountAddressNotFound");
}
