using System.Text;
using FsCheck.Xunit;
using MailAdmin.Core.Passwords;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>The pure parts of the login socket, for any input.</summary>
[Properties(QuietOnSuccess = true)]
public sealed class LoginProperties
{
    private static readonly PasswordHash[] Hashes = [.. "ab".Select(c => Hash($"$2b$04$......................{new string(c, 31)}"))];

    [Property(MaxTest = 500)]
    public void Octets_of_any_kind_are_a_request_or_none_and_never_an_exception(byte[] octets)
    {
        var reading = SaslauthdRequest.Read(octets, out var request);
        Assert.Equal(reading == SaslauthdReading.Complete, request is not null);
        // Small octets make short lengths; most random lengths are too long from the start.
        Assert.Equal(SaslauthdReading.Incomplete, SaslauthdRequest.Read([0, 1], out _));
        SaslauthdRequest.Read([.. octets.Select(o => (byte)(o % 3))], out _);
    }

    [Property(MaxTest = 300)]
    public void A_request_is_read_as_it_was_written_however_it_is_cut(string? user, byte[] password, string? realm, byte cut)
    {
        var (name, place) = (Utf8(user), Utf8(realm));
        byte[] octets = [.. LoginBench.Field(name), .. LoginBench.Field(password), .. LoginBench.Frame("imap"), .. LoginBench.Field(place)];
        Assert.Equal(SaslauthdReading.Incomplete, SaslauthdRequest.Read(octets.AsSpan(0, cut % octets.Length), out _));
        Assert.Equal(SaslauthdReading.Complete, SaslauthdRequest.Read(octets, out var request));
        Assert.Equal(
            (Encoding.UTF8.GetString(name), "imap", Encoding.UTF8.GetString(place)), (request!.User, request.Service, request.Realm));
        Assert.Equal(password, request.Password.ToArray());
        Assert.Equal(SaslauthdReading.Malformed, SaslauthdRequest.Read([.. octets, cut], out _));
    }

    // 0 to 3: a guess at one of two names. 4, 5: the guess was right. 6, 7: time passes.
    [Property(MaxTest = 100)]
    public async Task Guesses_at_a_name_are_never_closer_together_than_their_number_asks_and_leave_the_other_alone(byte[] happenings)
    {
        var time = new FakeTimeProvider();
        using var delay = new LoginThrottle(time);
        var guessed = new Dictionary<string, (int Wrong, DateTimeOffset At)>(StringComparer.Ordinal);
        foreach (var happening in happenings)
        {
            var name = happening % 2 == 0 ? "gugus" : "olga";
            if (happening % 8 < 4)
            {
                var (wrong, at) = guessed.GetValueOrDefault(name);
                if (time.GetUtcNow() - at >= LoginThrottle.Memory) wrong = 0;
                var turn = delay.EnterAsync(name, new[] { happening }, CancellationToken.None);
                Assert.Equal(time.GetUtcNow() - at >= LoginThrottle.DelayAfter(wrong), turn.IsCompleted);
                if (!turn.IsCompleted) time.Advance(LoginThrottle.Longest);
                Assert.True(await turn.WaitAsync(TimeSpan.FromSeconds(60)));
                guessed[name] = (wrong + 1, time.GetUtcNow());
            }
            else if (happening % 8 < 6)
            {
                delay.Succeeded(name, new[] { happening });
                guessed.Remove(name);
            }
            else
            {
                time.Advance(happening < 250 ? TimeSpan.FromSeconds(1) : LoginThrottle.Memory);
            }
        }
    }

    // Each octet says which account, which hash and which password, and whether the password is verified now or asked for, or time passes.
    [Property(MaxTest = 200)]
    public void Only_what_was_verified_with_this_hash_a_while_ago_is_remembered_and_no_more_than_told(byte[] happenings)
    {
        var (time, lifetime, size) = (new FakeTimeProvider(), TimeSpan.FromMinutes(10), 2);
        using var credentials = new CredentialCache(size, lifetime, time);
        var verified = new Dictionary<string, (int Hash, byte Password, DateTimeOffset At)>();
        foreach (var happening in happenings)
        {
            var (name, hash, password) = ($"exemple{happening % 3}", happening / 4 % 2, (byte)(happening / 8 % 2));
            if (happening % 16 == 15) time.Advance(TimeSpan.FromMinutes(happening / 16));
            if (happening >= 128)
            {
                credentials.Add(name, Hashes[hash], [password]);
                verified[name] = (hash, password, time.GetUtcNow());
                Assert.True(credentials.Holds(name, Hashes[hash], [password]));
            }
            var right = verified.TryGetValue(name, out var last) && (last.Hash, last.Password) == (hash, password)
                && time.GetUtcNow() - last.At < lifetime;
            Assert.False(credentials.Holds(name, Hashes[hash], [password]) && !right, "what was never verified, or long ago, is taken");
            Assert.InRange(credentials.Count, 0, size);
        }
    }

    // At most as many octets as a field may have. Half a surrogate pair is written as a character that is in no name.
    private static byte[] Utf8(string? text) => [.. Encoding.UTF8.GetBytes(text ?? "").Take(SaslauthdRequest.MaxField)];

    private static PasswordHash Hash(string text) => PasswordHash.TryParse(text, out var hash) ? hash : throw new FormatException(text);
}
