using MailAdmin.Core.Addresses;

namespace MailAdmin.Provisioning.Sending;

/// <summary>The name that a user signed in with, read as the login socket reads it: smtpd does not fold case.</summary>
internal static class SenderName
{
    /// <returns>A username or an address in lower case; null if it is neither.</returns>
    public static string? Of(string login)
    {
        var text = login.ToLowerInvariant();
        return !text.Contains('@', StringComparison.Ordinal) ? text : AddrSpec.TryParse(text, out var address) ? address.Value : null;
    }
}
