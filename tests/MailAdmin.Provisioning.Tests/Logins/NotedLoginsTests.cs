using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Logins;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>Which logins are noted for the account.</summary>
public sealed class NotedLoginsTests : LoginServiceTest
{
    [Fact]
    public async Task A_try_with_an_address_where_the_username_alone_is_taken_is_remembered_whatever_the_password()
    {
        _bench.Accounts["gugus.dupont@exemple.be"] = _bench.Put("exemple0002");

        await _bench.AskAsync("Gugus.Dupont", service: "imap", realm: "exemple.be");
        await _bench.AskAsync("gugus.dupont", "wrong", service: "pop", realm: "Exemple.be");
        await _bench.AskAsync("personne", service: "imap", realm: "exemple.be");
        await _bench.AskAsync("gugus.dupont", service: "smtp", realm: "exemple.be");

        var noted = new List<LastLogin>();
        await _bench.LastLogins.WriteAsync(
            (batch, _) =>
            {
                noted.AddRange(batch);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(
            ("gugus.dupont@exemple.be", MailProtocols.Pop3), noted.Where(l => l.TriedAddress is not null)
                .Select(l => (l.TriedAddress!, l.Service)).Single());
        Assert.Equal(MailProtocols.Smtp, Assert.Single(noted, l => l.TriedAddress is null).Service);
    }

    [Fact]
    public async Task Only_a_login_that_was_let_in_is_a_last_login()
    {
        _bench.Put("exemple0001", services: MailProtocols.Imap);
        await _bench.AskAsync("exemple0001", "wrong");
        await _bench.AskAsync("exemple0001", service: "pop");
        await _bench.AskAsync("cyrus", LoginBench.AdminPassword);
        await _bench.LastLogins.WriteAsync((_, _) => throw new InvalidOperationException("nothing to write"), Token);
        await _bench.AskAsync("exemple0001");
        IReadOnlyCollection<LastLogin> written = [];
        await _bench.LastLogins.WriteAsync((batch, _) => Task.FromResult(written = [.. batch]), Token);
        Assert.Equal((1, MailProtocols.Imap), Assert.Single(written) is var login ? (login.AccountId, login.Service) : default);
    }
}
