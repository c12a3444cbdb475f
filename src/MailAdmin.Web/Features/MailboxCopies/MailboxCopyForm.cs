using System.Globalization;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.MailboxCopies;

/// <summary>The other server as it was typed.</summary>
/// <param name="Port">Empty for the usual one.</param>
/// <param name="User">Whose mailbox is copied; not in the form for many accounts.</param>
/// <param name="ProxyUser">Who signs in for them; only with <see cref="SourceAuthentication.Proxy"/>.</param>
/// <param name="Accounts">For many accounts: which ones, one a line; empty for all.</param>
public sealed record MailboxCopyForm(
    string? Host, string? Port, string? Security, string? Authentication, string? User, string? ProxyUser, string? Secret,
    bool AcceptsAnyCertificate, bool FollowsDeletions, string? Names, string? Accounts)
{
    public SourceSecurity SecurityOrDefault => Parsed<SourceSecurity>(Security);

    public SourceAuthentication AuthenticationOrDefault => Parsed<SourceAuthentication>(Authentication);

    public SourceUserNames NamesOrDefault => Parsed<SourceUserNames>(Names);

    /// <summary>The entries of the last copy, or empty ones.</summary>
    /// <param name="user">The proposed user.</param>
    /// <param name="by">The proposed sign-in.</param>
    public static MailboxCopyForm Of(MailboxCopy? copy, string user, SourceAuthentication by = SourceAuthentication.Password) =>
        copy is null ? new("", "", null, by.ToString(), user, "", null, false, false, null, "") : new(
            copy.Host, copy.Port.ToString(CultureInfo.InvariantCulture), copy.Security.ToString(), copy.Authentication.ToString(),
            copy.User, copy.ProxyUser, null, copy.AcceptsAnyCertificate, copy.FollowsDeletions, null, "");

    /// <summary>Returns the request, or what is wrong with the port.</summary>
    public Result<SourceRequest> ToRequest()
    {
        int? port = null;
        if (!string.IsNullOrWhiteSpace(Port))
        {
            if (!int.TryParse(Port.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return FormProblems.NumberMalformed(Port.Trim()).At(nameof(Port));
            port = number;
        }
        return new SourceRequest(Host, port, SecurityOrDefault, AuthenticationOrDefault, User, ProxyUser, Secret)
        {
            AcceptsAnyCertificate = AcceptsAnyCertificate,
        };
    }

    private static T Parsed<T>(string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : default;
}
