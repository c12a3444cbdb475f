using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Features.SecondFactors;

/// <summary>
/// Ties each challenge of a passkey to the browser that asked for it, by a cookie, and lets it be answered once: what was captured on its
/// way can't be sent again, from there or from elsewhere.
/// </summary>
public sealed class PasskeyChallenges(PanelSettings settings, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string CookieName = "mailadmin.passkey";
    private const int MarkOctets = 16;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _spent = new(StringComparer.Ordinal);

    private string Cookie => Pages.NameOf(CookieName, settings);

    /// <summary>The mark of a new challenge for this browser: sealed with its state.</summary>
    public string Begin(HttpContext http)
    {
        var browser = http.Request.Cookies[Cookie] is { Length: > 0 } present && Base64Url.IsValid(present) ? present : NewMark();
        var cookie = new CookieBuilder { Expiration = Lifetime };
        Pages.Harden(cookie, CookieName, settings);
        http.Response.Cookies.Append(Cookie, browser, cookie.Build(http, clock.GetUtcNow()));
        return $"{HashOf(browser)}.{NewMark()}";
    }

    /// <summary>True once, for the browser that it was made for.</summary>
    public bool Spend(string mark, HttpContext http)
    {
        var isOwn = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(mark.Split('.')[0]), Encoding.ASCII.GetBytes(HashOf(http.Request.Cookies[Cookie] ?? "")));
        if (!isOwn) return false;
        var now = clock.GetUtcNow();
        foreach (var (old, until) in _spent)
        {
            if (until <= now) _spent.TryRemove(old, out _);
        }
        // The seal itself is too old then.
        return _spent.TryAdd(mark, now + Lifetime);
    }

    private static string NewMark() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(MarkOctets));

    private static string HashOf(string browser) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(browser)));
}
