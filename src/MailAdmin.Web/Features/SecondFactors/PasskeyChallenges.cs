using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Features.SecondFactors;

/// <summary>
/// Binds each passkey challenge to the browser that requested it, by a cookie, and accepts one answer: a captured answer can't be replayed,
/// from that browser or another.
/// </summary>
public sealed class PasskeyChallenges(PanelSettings settings, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string CookieName = "mailadmin.passkey";
    private const int MarkOctets = 16;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _spent = new(StringComparer.Ordinal);

    private string Cookie => Pages.NameOf(CookieName, settings);

    /// <summary>Makes the mark of a new challenge for this browser, which is sealed together with the challenge's state.</summary>
    public string Begin(HttpContext http)
    {
        var browser = http.Request.Cookies[Cookie] is { Length: > 0 } present && Base64Url.IsValid(present) ? present : NewMark();
        var cookie = new CookieBuilder { Expiration = Lifetime };
        Pages.Harden(cookie, CookieName, settings);
        http.Response.Cookies.Append(Cookie, browser, cookie.Build(http, clock.GetUtcNow()));
        return $"{HashOf(browser)}.{NewMark()}";
    }

    /// <summary>True once, and only for the browser that the mark was made for.</summary>
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
        // By then the seal itself has expired.
        return _spent.TryAdd(mark, now + Lifetime);
    }

    private static string NewMark() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(MarkOctets));

    private static string HashOf(string browser) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(browser)));
}
