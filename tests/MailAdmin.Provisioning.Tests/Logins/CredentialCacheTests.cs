using MailAdmin.Core.Passwords;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Logins;

[Trait("Lane", "unit")]
public sealed class CredentialCacheTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly PasswordHasher Hasher = new(new PasswordOptions { Cost = 4 });
    private static readonly PasswordHash Hash = NewHash();

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_same_name_hash_and_password_are_remembered_and_nothing_near_them()
    {
        using var cache = new CredentialCache(10, Lifetime, _time);
        cache.Add("gugus", Hash, "secret"u8);
        Assert.True(cache.Holds("gugus", Hash, "secret"u8));
        Assert.False(cache.Holds("gugus", Hash, "secret "u8));
        Assert.False(cache.Holds("gugus", Hash, ""u8));
        Assert.False(cache.Holds("olga", Hash, "secret"u8));
        Assert.False(cache.Holds("gugus", NewHash(), "secret"u8));
    }

    [Fact]
    public void It_forgets_after_its_lifetime()
    {
        using var cache = new CredentialCache(10, Lifetime, _time);
        cache.Add("gugus", Hash, "secret"u8);
        _time.Advance(Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(cache.Holds("gugus", Hash, "secret"u8));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(cache.Holds("gugus", Hash, "secret"u8));
        cache.Add("olga", Hash, "secret"u8);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void It_never_holds_more_than_its_size_and_the_oldest_go_first()
    {
        using var cache = new CredentialCache(3, Lifetime, _time);
        for (var n = 0; n < 10; n++) cache.Add($"user{n}", Hash, "secret"u8);
        Assert.Equal(3, cache.Count);
        Assert.True(cache.Holds("user9", Hash, "secret"u8));
        Assert.False(cache.Holds("user6", Hash, "secret"u8));
    }

    [Fact]
    public void An_older_entry_that_goes_does_not_take_the_younger_with_it()
    {
        using var cache = new CredentialCache(2, Lifetime, _time);
        cache.Add("gugus", Hash, "old"u8);
        cache.Add("gugus", Hash, "new"u8);
        cache.Add("olga", Hash, "secret"u8);
        Assert.True(cache.Holds("gugus", Hash, "new"u8));
    }

    [Fact]
    public void A_lifetime_of_zero_remembers_nothing()
    {
        using var cache = new CredentialCache(2, TimeSpan.Zero, _time);
        cache.Add("gugus", Hash, "secret"u8);
        Assert.False(cache.Holds("gugus", Hash, "secret"u8));
    }

    private static PasswordHash NewHash()
    {
        Assert.True(PasswordHash.TryParse(Hasher.Hash("secret"), out var hash));
        return hash;
    }
}
