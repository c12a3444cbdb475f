using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>Somebody is signed in to his mail while the panel changes what he may.</summary>
public sealed class OpenSessionTests(OwnExample example) : IClassFixture<OwnExample>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private MailSandbox Sandbox => example.Sandbox;

    [Fact]
    public async Task A_suspended_account_is_signed_out_at_once_and_its_mail_is_held_or_refused_and_never_the_catch_alls()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "suspendu");
        await CatchAll.SetAsync(Sandbox, "exemple.be", "exemple0002");
        using var session = await OpenSession.StartAsync(Sandbox, username, OwnExample.Password);

        await panel.SubmitAsync(path + "/state", ("Mail", "hold"));

        await session.EndsAsync(Soon);
        await Assert.ThrowsAsync<AuthenticationException>(() => new MailUser(Sandbox, username, OwnExample.Password).SubjectsAsync());
        await Eventually.HoldsAsync(async () => Assert.StartsWith("450 4.2.1", await MailUser.RecipientAnswerAsync(Sandbox, "suspendu@exemple.be"), StringComparison.Ordinal));
        await panel.SubmitAsync(path + "/state", "#suspend", ("Mail", "refuse"));
        await Eventually.HoldsAsync(async () => Assert.StartsWith("550 5.2.1", await MailUser.RecipientAnswerAsync(Sandbox, "suspendu@exemple.be"), StringComparison.Ordinal));
        await panel.SubmitAsync(path + "/state", "#resume");
        await Eventually.HoldsAsync(async () => Assert.Empty(await new MailUser(Sandbox, username, OwnExample.Password).SubjectsAsync()));
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_of_the_old_one_and_opens_new_ones()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "neuf");
        using var session = await OpenSession.StartAsync(Sandbox, username, OwnExample.Password);

        await panel.SubmitAsync(path + "/password", ("Password", "Negen4Paarden!"), ("Confirmation", "Negen4Paarden!"));

        await session.EndsAsync(Soon);
        await Assert.ThrowsAsync<AuthenticationException>(() => new MailUser(Sandbox, username, OwnExample.Password).SubjectsAsync());
        await Eventually.HoldsAsync(async () => Assert.Empty(await new MailUser(Sandbox, username, "Negen4Paarden!").SubjectsAsync()));
    }

    [Fact]
    public async Task Without_IMAP_its_session_ends_and_POP3_goes_on()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "pop");
        using var session = await OpenSession.StartAsync(Sandbox, username, OwnExample.Password);

        await panel.SubmitAsync(path + "/services", ("Imap", null));

        await session.EndsAsync(Soon);
        await Assert.ThrowsAsync<AuthenticationException>(() => new MailUser(Sandbox, username, OwnExample.Password).SubjectsAsync());
        await Eventually.HoldsAsync(async () => Assert.Empty(await new MailUser(Sandbox, username, OwnExample.Password).SubjectsByPop3Async()));
    }

    [Theory]
    [InlineData("#delete")]
    [InlineData("#for-good")]
    public async Task A_deleted_account_is_signed_out(string form)
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "parti" + form.Length);
        using var session = await OpenSession.StartAsync(Sandbox, username, OwnExample.Password);

        await panel.SubmitAsync(path + "/delete", form);

        await session.EndsAsync(Soon);
        await Assert.ThrowsAsync<AuthenticationException>(() => new MailUser(Sandbox, username, OwnExample.Password).SubjectsAsync());
    }

    [Fact]
    public async Task A_deleted_account_comes_back_with_its_mail()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "retour");
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(Sandbox, "retour@exemple.be", "avant"));
        var user = new MailUser(Sandbox, username, OwnExample.Password);
        await Eventually.HoldsAsync(async () => Assert.Equal(["avant"], await user.SubjectsAsync()));
        await panel.SubmitAsync(path + "/delete", "#delete");
        await Eventually.HoldsAsync(async () => Assert.StartsWith("550 5.2.1", await MailUser.RecipientAnswerAsync(Sandbox, "retour@exemple.be"), StringComparison.Ordinal));

        await panel.SubmitAsync("/domains/exemple.be/accounts/deleted", $"form:has([aria-label$='{username}'])");

        await Eventually.HoldsAsync(async () => Assert.Equal(["avant"], await user.SubjectsAsync()));
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(Sandbox, "retour@exemple.be", "après"));
        await Eventually.HoldsAsync(async () => Assert.Equal(["avant", "après"], await user.SubjectsAsync()));
    }

    private async Task<(string Path, string Username)> CreateAsync(PanelClient panel, string localPart)
    {
        var page = await panel.CreateAccountAsync("exemple.be", localPart, OwnExample.Password);
        await Eventually.HoldsAsync(async () => Assert.Empty(await new MailUser(Sandbox, page.Username, OwnExample.Password).SubjectsAsync()));
        return (page.Path, page.Username);
    }

    /// <summary>A mail program that waits for news (IDLE).</summary>
    private sealed class OpenSession : IDisposable
    {
        private readonly ImapClient _imap = new();
        private readonly CancellationTokenSource _done = new();
        private Task _idling = Task.CompletedTask;

        public static async Task<OpenSession> StartAsync(MailSandbox sandbox, string username, string password)
        {
            var session = new OpenSession();
            await session._imap.ConnectAsync("127.0.0.1", sandbox.Ports.Imap, SecureSocketOptions.None);
            await session._imap.AuthenticateAsync(username, password);
            await session._imap.Inbox!.OpenAsync(FolderAccess.ReadOnly);
            session._idling = session._imap.IdleAsync(session._done.Token);
            return session;
        }

        /// <summary>The server ends it within that time.</summary>
        public async Task EndsAsync(TimeSpan within)
        {
            var end = await Record.ExceptionAsync(() => _idling.WaitAsync(within));
            Assert.True(end is ImapProtocolException or IOException or ServiceNotConnectedException, $"{end}");
        }

        public void Dispose()
        {
            _imap.Dispose();
            _done.Dispose();
        }
    }
}
