using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>What may be entered as the server to copy from.</summary>
public sealed class MailboxCopyRules(MailboxCopyOptions options)
{
    // No server takes a longer token; Microsoft's have some 2,500 characters.
    private const int MaxSecretLength = 8192;

    /// <summary>Checks the entries. Problems carry the fields Host, Port, User, ProxyUser, Secret.</summary>
    /// <param name="actor">Domain admins may only use certain ports.</param>
    public Result<MailboxSource> Check(SourceRequest request, Actor actor)
    {
        var (host, user, proxy) = (HostOf(request.Host), request.User?.Trim() ?? "", request.ProxyUser?.Trim() ?? "");
        var port = request.Port ?? (request.Security == SourceSecurity.Tls ? 993 : 143);
        var problems = Problems(request, host, user, proxy).ToList();
        if (port is < 1 or > 65535) problems.Add(MailboxCopyProblems.PortOutOfRange);
        else if (!actor.IsSuperuser && !options.Ports.Contains(port))
            problems.Add(MailboxCopyProblems.PortForbidden(string.Join(", ", options.Ports)));
        if (problems.Count > 0) return problems;
        return new MailboxSource(
            host, port, request.Security, request.AcceptsAnyCertificate, request.Authentication, user,
            request.Authentication == SourceAuthentication.Proxy ? proxy : null, request.Secret!, actor.IsSuperuser);
    }

    private static IEnumerable<Problem> Problems(SourceRequest request, string host, string user, string proxy)
    {
        if (host.Length == 0) yield return MailboxCopyProblems.HostMissing;
        else if (host.Length > MailboxCopy.MaxHostLength || !IsHost(host)) yield return MailboxCopyProblems.HostMalformed;
        if (user.Length == 0) yield return MailboxCopyProblems.UserMissing;
        else if (!IsName(user)) yield return MailboxCopyProblems.TextTooLong.At("User");
        if (request.Authentication == SourceAuthentication.Proxy)
        {
            if (proxy.Length == 0) yield return MailboxCopyProblems.ProxyUserMissing;
            else if (!IsName(proxy)) yield return MailboxCopyProblems.TextTooLong.At("ProxyUser");
        }
        if (string.IsNullOrEmpty(request.Secret)) yield return MailboxCopyProblems.SecretMissing;
        else if (request.Secret.Length > MaxSecretLength || request.Secret.Contains('\0', StringComparison.Ordinal))
            yield return MailboxCopyProblems.TextTooLong.At("Secret");
    }

    // Copied from an address bar or from a mail program's settings, a name often comes with a scheme and a slash.
    private static string HostOf(string? text)
    {
        var host = (text ?? "").Trim().TrimEnd('/', '.');
        var scheme = host.IndexOf("://", StringComparison.Ordinal);
        return (scheme >= 0 ? host[(scheme + 3)..] : host).Trim('[', ']').ToLowerInvariant();
    }

    private static bool IsHost(string host) => IPAddress.TryParse(host, out _) || Uri.CheckHostName(host) == UriHostNameType.Dns;

    private static bool IsName(string name) => name.Length <= MailboxCopy.MaxUserLength && !name.Any(char.IsControl);
}
