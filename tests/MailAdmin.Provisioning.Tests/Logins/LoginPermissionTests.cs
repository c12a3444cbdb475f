using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Logins;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>What an account may use, and when.</summary>
public sealed class LoginPermissionTests : LoginServiceTest
{
    // D6: Cyrus would open any mailbox that has the username's name.
    [Fact]
    public async Task Whose_mailbox_is_not_in_place_reads_nothing_and_is_not_told_that_the_password_is_wrong()
    {
        _bench.Accounts["exemple0001"] = _bench.Put("exemple0001") with { HasMailbox = false };

        foreach (var service in (string[])["imap", "pop3", "sieve"])
            Assert.Equal(LoginVerdict.Unknown, await _bench.AskAsync("exemple0001", service: service));
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001", service: "smtp"));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0001", "wrong"));
    }

    [Fact]
    public async Task Who_is_suspended_while_his_password_is_checked_does_not_get_in()
    {
        var lookups = 0;
        _bench.Database = () =>
        {
            if (++lookups == 2) _bench.Put("exemple0001", mayLogin: false);
        };

        Assert.Equal(LoginVerdict.Unknown, await _bench.AskAsync("exemple0001"));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0001"));
    }

    [Theory]
    [InlineData("imap", MailProtocols.Imap)]
    [InlineData("pop", MailProtocols.Pop3)]
    [InlineData("pop3", MailProtocols.Pop3)]
    [InlineData("sieve", MailProtocols.Sieve)]
    [InlineData("smtp", MailProtocols.Smtp)]
    [InlineData("http", MailProtocols.None)]
    [InlineData("", MailProtocols.None)]
    public async Task Each_service_needs_its_own_permission(string name, MailProtocols service)
    {
        _bench.Put("all");
        _bench.Put("only", services: service);
        _bench.Put("without", services: MailProtocols.All & ~service);
        Assert.Equal(service == MailProtocols.None ? LoginVerdict.No : LoginVerdict.Ok, await _bench.AskAsync("all", service: name));
        Assert.Equal(service == MailProtocols.None ? LoginVerdict.No : LoginVerdict.Ok, await _bench.AskAsync("only", service: name));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("without", service: name));
    }

    [Fact]
    public async Task Who_may_not_sign_in_is_refused_even_when_remembered()
    {
        var account = _bench.Put("exemple0001");
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001"));
        _bench.Accounts["exemple0001"] = account with { MayLogin = false };
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0001"));
        _bench.Accounts["exemple0001"] = account with { Services = MailProtocols.Pop3 };
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0001"));
    }
}
