using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Logins;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>
/// The panel signs in to Cyrus with the password in a file, and Cyrus asks the login socket about it. Both have to learn a new password.
/// </summary>
public sealed class CyrusAdministratorTests : IAsyncDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly CollectingLogger<LoginService> _log = new();
    private readonly LoginBench _bench;

    public CyrusAdministratorTests() =>
        _bench = new LoginBench(
            logger: _log, admin: CyrusAdministrator.Of(new CyrusOptions { AdminUser = "cyrus", AdminPasswordFile = _file }));

    public async ValueTask DisposeAsync()
    {
        File.Delete(_file);
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task After_a_rotation_the_new_password_signs_in_and_the_old_one_does_not()
    {
        Write("first-secret\n");
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("cyrus", "first-secret"));

        Write("second-secret\n");

        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("cyrus", "second-secret"));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("cyrus", "first-secret"));
    }

    [Fact]
    public async Task A_file_put_in_its_place_is_read_too()
    {
        Write("first-secret\n");
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("cyrus", "first-secret"));
        var next = _file + ".new";
        await File.WriteAllTextAsync(next, "another-secret\r\n", TestContext.Current.CancellationToken);

        File.Move(next, _file, overwrite: true);

        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("cyrus", "another-secret"));
    }

    [Fact]
    public async Task While_the_file_is_away_or_empty_the_password_that_was_known_signs_in()
    {
        Write("first-secret\n");
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("cyrus", "first-secret"));

        Write("");
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("cyrus", "first-secret"));
        File.Delete(_file);
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("cyrus", "first-secret"));
    }

    [Fact]
    public async Task A_password_that_was_never_readable_gets_no_answer_and_the_log_says_why()
    {
        File.Delete(_file);

        Assert.Equal(LoginVerdict.Unknown, await _bench.AskAsync("cyrus", "first-secret"));
        Assert.Contains(_log.Lines, line => line.Contains("Cyrus:AdminPasswordFile", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_has_not_changed_is_not_read_again()
    {
        Write("first-secret\n");
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("cyrus", "first-secret"));
        var written = File.GetLastWriteTimeUtc(_file);

        // With the same length and the same time, the file looks unchanged.
        Write("other-secret\n");
        File.SetLastWriteTimeUtc(_file, written);

        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("cyrus", "first-secret"));
    }

    [Fact]
    public void Without_Cyrus_nobody_is_its_administrator() => Assert.False(CyrusAdministrator.Of(null).IsCalled("cyrus"));

    private void Write(string text) => File.WriteAllText(_file, text);
}
