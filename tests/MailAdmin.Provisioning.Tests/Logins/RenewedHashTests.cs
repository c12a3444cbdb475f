using MailAdmin.Core.Passwords;
using MailAdmin.Provisioning.Logins;
using MailAdmin.Testing;

namespace MailAdmin.Provisioning.Tests.Logins;

public sealed class RenewedHashTests : LoginServiceTest
{
    private const string Password = "Kilo7-gamma";
    private const string Imported = "{SSHA}uNqjcS0119nPwiQ/TGiQGpVRL5JOYUNs";

    [Fact]
    public async Task An_imported_hash_is_replaced_by_bcrypt_at_the_first_login_and_not_again()
    {
        _bench.Put("exemple0002", hash: Imported);

        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0002", Password + "x"));
        Assert.Empty(await RenewedAsync());
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0002", Password));

        var renewed = await RenewedOnceAsync();
        Assert.Equal(Imported, renewed.Before);
        Assert.True(PasswordHash.TryParse(renewed.After, out var hash));
        Assert.Equal(PasswordScheme.Bcrypt, hash.Scheme);
        Assert.True(_bench.Hasher.Verify(Password, hash));

        _bench.Put("exemple0002", hash: renewed.After);
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0002", Password));
        await _bench.Lane.RunAsync(() => 0, HashClass.Doubtful, Token);
        Assert.Empty(await RenewedAsync());
    }

    private async Task<RenewedHash> RenewedOnceAsync()
    {
        RenewedHash? found = null;
        await Eventually.TrueAsync(
            async () => (found = (await RenewedAsync()).SingleOrDefault()) is not null, TimeSpan.FromSeconds(15), "a renewed hash");
        return found!;
    }

    private async Task<List<RenewedHash>> RenewedAsync()
    {
        var renewed = new List<RenewedHash>();
        await _bench.LastLogins.WriteAsync((batch, _) =>
        {
            renewed.AddRange(batch.Select(l => l.Renewed).OfType<RenewedHash>());
            return Task.CompletedTask;
        }, Token);
        return renewed;
    }
}
