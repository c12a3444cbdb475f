using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Sending;
using MailAdmin.Provisioning.Logins;
using MailAdmin.Provisioning.Sending;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Sending;

[Trait("Lane", "unit")]
public sealed class SendingPolicyTests
{
    private const int Smtpd = 4711;

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private readonly MailSessions _sessions = new();
    private readonly Dictionary<string, SenderRecord> _accounts = new(StringComparer.Ordinal);
    private readonly SentMessages _messages = new();
    private readonly SendingPolicy _policy;

    public SendingPolicyTests()
    {
        _policy = new((name, _) => _accounts.GetValueOrDefault(name), _sessions, _messages, _clock, NullLogger<SendingPolicy>.Instance);
        Put("one");
    }

    [Fact]
    public void Who_signed_in_with_the_password_of_today_goes_on_and_who_with_an_older_one_is_sent_away()
    {
        SignIn("one");
        Assert.Equal(SendingPolicy.GoOn, Ask());

        Put("two");

        Assert.Equal(SendingPolicy.SignInAgain, Ask());
        SignIn("two");
        Assert.Equal(SendingPolicy.GoOn, Ask());
    }

    [Fact]
    public void A_session_that_is_older_than_this_process_ends_when_the_password_changed_within_a_day()
    {
        Assert.Equal(SendingPolicy.SignInAgain, Ask());
        _clock.Advance(SendingPolicy.LongestIdling);
        Assert.Equal(SendingPolicy.GoOn, Ask());
    }

    [Fact]
    public void Another_accounts_sign_in_through_the_same_process_says_nothing_about_this_one()
    {
        _sessions.Add(Smtpd, MailProtocols.Smtp, new(2, "exemple0002", "one", MailProtocols.All, true));
        Assert.Equal(SendingPolicy.SignInAgain, Ask());
    }

    [Fact]
    public void Where_processes_cannot_be_seen_nobody_is_shut_out() => Assert.Equal(SendingPolicy.GoOn, _policy.Answer(Request(), 0));

    [Fact]
    public void Who_may_not_send_and_who_is_gone_are_refused_by_any_name()
    {
        SignIn("one");
        Put("one", maySend: false);
        Assert.Equal(SenderRecord.Refusal, Ask());
        Assert.Equal(SenderRecord.Refusal, Ask("GUGUS@Exemple.be"));
        Assert.Equal(SenderRecord.Refusal, Ask("personne"));
        Assert.Equal(SenderRecord.Refusal, Ask("no address@@"));
        Assert.Equal(SendingPolicy.GoOn, Ask(""));
    }

    [Fact]
    public void A_request_is_read_when_it_is_whole_and_the_next_one_stays()
    {
        var octets = Encoding.ASCII.GetBytes(
            "request=smtpd_access_policy\nprotocol_state=DATA\nsender=a=b@example.org\nrecipient_count=12\nsasl_username=exemple0001\n\nrequest=");

        Assert.Null(PolicyRequest.Read(octets.AsSpan(0, 60), out var none));
        Assert.Equal(0, none);
        Assert.Equal(new PolicyRequest("DATA", "exemple0001", 12), PolicyRequest.Read(octets, out var length));
        Assert.Equal(octets.Length - "request=".Length, length);
    }

    private string Ask(string login = "exemple0001") => _policy.Answer(Request(login), Smtpd);

    private static PolicyRequest Request(string login = "exemple0001") => new("DATA", login, 1);

    private void SignIn(string hash) => _sessions.Add(Smtpd, MailProtocols.Smtp, new(1, "exemple0001", hash, MailProtocols.All, true));

    private void Put(string hash, bool maySend = true) =>
        _accounts["exemple0001"] = _accounts["gugus@exemple.be"] = new(1, "exemple0001", hash, _clock.GetUtcNow(), maySend);
}
