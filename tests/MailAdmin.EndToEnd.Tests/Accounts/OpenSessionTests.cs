using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>A user is signed in to their mailbox while the panel changes their rights.</summary>
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
        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("450 4.2.1", await MailUser.RecipientAnswerAsync(Sandbox, "suspendu@exemple.be"), StringComparison.Ordinal));
        await panel.SubmitAsync(path + "/state", "#suspend", ("Mail", "refuse"));
        await Eventually.HoldsAsync(
            async () =>
            Assert.StartsWith("550 5.2.1", await MailUser.RecipientAnswerAsync(Sandbox, "suspendu@exemple.be"), StringComparison.Ordinal));
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
    public async Task A_new_password_works_at_once_and_mail_of_that_moment_arrives_at_once()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "aussitot", "voisin.example");
        string[] passwords = ["Negen4Paarden!", OwnExample.Password, "Negen4Paarden!"];
        for (var n = 0; n < passwords.Length; n++)
        {
            using var session = await OpenSession.StartAsync(Sandbox, username, n == 0 ? OwnExample.Password : passwords[n - 1]);

            await panel.SubmitAsync(path + "/password", ("Password", passwords[n]), ("Confirmation", passwords[n]));

            // There is no second attempt: cyr_deny takes three seconds.
            await MailUser.SendFromOutsideAsync(Sandbox, "aussitot@voisin.example", $"message {n}");
            var user = new MailUser(Sandbox, username, passwords[n]);
            Assert.True((await user.SubjectsAsync()).Count >= n);
            await user.SubjectsByPop3Async();
            await session.EndsAsync(Soon);
            await Eventually.HoldsAsync(async () => Assert.Equal(n + 1, (await user.SubjectsAsync()).Count));
        }
        Assert.DoesNotContain("Delivery to mailbox is disabled", await File.ReadAllTextAsync(Sandbox.Folder.PostfixLog));
    }

    [Theory]
    [InlineData("/password", "Password")]
    [InlineData("/state", "Mail")]
    [InlineData("/services", "Sieve")]
    [InlineData("/delete", null)]
    public async Task A_ManageSieve_session_ends_and_a_neighbours_goes_on(string page, string? field)
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "filtres." + page[1..], "voisin.example");
        using var session = await SieveSession.StartAsync(Sandbox, username, OwnExample.Password);
        using var neighbour = await SieveSession.StartAsync(
            Sandbox, "exemple0002", Sandbox.Accounts.Single(a => a.Username == "exemple0002").Password);
        Assert.Equal("OK", await session.PutAsync("avant"));

        (string, string?)[] fields = field switch
        {
            "Password" => [("Password", "Negen4Paarden!"), ("Confirmation", "Negen4Paarden!")],
            "Mail" => [("Mail", "hold")],
            "Sieve" => [("Sieve", null)],
            _ => [],
        };
        await panel.SubmitAsync(path + page, field is null ? "#delete" : "main form:not([role=search])", fields);

        await Eventually.HoldsAsync(() => Assert.ThrowsAnyAsync<IOException>(() => session.PutAsync("apres")), Soon);
        Assert.Equal("OK", await neighbour.PutAsync("voisin"));
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
        await Eventually.HoldsAsync(
            async () => Assert.Empty(await new MailUser(Sandbox, username, OwnExample.Password).SubjectsByPop3Async()));
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
    public async Task A_deleted_account_comes_back_with_its_mail_its_folders_and_its_aliases()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "retour");
        await panel.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", "vers-retour"), ("Destinations", username));
        await CatchAll.SetAsync(Sandbox, "exemple.be", "exemple0002");
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(Sandbox, "vers-retour@exemple.be", "avant"));
        var user = new MailUser(Sandbox, username, OwnExample.Password);
        await Eventually.HoldsAsync(async () => Assert.Equal(["avant"], await user.SubjectsAsync()));
        await user.CreateFolderAsync("Archives");

        await panel.SubmitAsync(path + "/delete", "#delete");
        // The mail is refused at every address that leads to the account, and the catch-all account gets none of it.
        foreach (var address in (string[])["retour@exemple.be", "vers-retour@exemple.be"])
            await Eventually.HoldsAsync(
                async () =>
                Assert.StartsWith("550 5.2.1", await MailUser.RecipientAnswerAsync(Sandbox, address), StringComparison.Ordinal));
        await panel.SubmitAsync("/domains/exemple.be/accounts/deleted", $"form:has([aria-label$='{username}'])");

        await Eventually.HoldsAsync(async () => Assert.Equal(["avant"], await user.SubjectsAsync()));
        Assert.Contains("Archives", await user.FoldersAsync());
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(Sandbox, "vers-retour@exemple.be", "après"));
        await Eventually.HoldsAsync(async () => Assert.Equal(["avant", "après"], await user.SubjectsAsync()));
    }

    [Fact]
    public async Task A_hidden_account_that_is_deleted_before_its_time_leaves_no_mailbox_and_its_username_to_nobody()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (path, username) = await CreateAsync(panel, "fini");
        await panel.SubmitAsync(path + "/delete", "#delete");
        Assert.Equal(1, await Mailboxes.CountAsync(Sandbox, Sandbox.Description.CyrusAdmin, username));
        var list = await panel.GetAsync("/domains/exemple.be/accounts/deleted");
        var link = list.Document.QuerySelectorAll("main li a.bad").Single(a => a.TextContent.Contains(username, StringComparison.Ordinal))
            .GetAttribute("href")!;

        await panel.SubmitAsync(link);

        await Eventually.HoldsAsync(
            async () => Assert.Equal(0, await Mailboxes.CountAsync(Sandbox, Sandbox.Description.CyrusAdmin, username)));
        Assert.NotEqual(username, (await panel.CreateAccountAsync("exemple.be", "suivant", OwnExample.Password)).Username);
    }

    private async Task<(string Path, string Username)> CreateAsync(PanelClient panel, string localPart, string domain = "exemple.be")
    {
        // The example's domains have room for only a few accounts.
        await panel.SubmitAsync($"/domains/{domain}/settings", ("MaxAccounts", "50"));
        var page = await panel.CreateAccountAsync(domain, localPart, OwnExample.Password);
        await Eventually.HoldsAsync(
            async () => Assert.Empty(await new MailUser(Sandbox, page.Username, OwnExample.Password).SubjectsAsync()));
        return (page.Path, page.Username);
    }

    /// <summary>The session of a program that manages filters.</summary>
    private sealed class SieveSession(LineSession line) : IDisposable
    {
        public static async Task<SieveSession> StartAsync(MailSandbox sandbox, string username, string password)
        {
            var session = new SieveSession(await LineSession.OpenAsync(sandbox.Ports.Sieve));
            await session.EndOfAnswerAsync(session._line.Greeting);
            var secret = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0{username}\0{password}"));
            Assert.Equal("OK", await session.SendAsync($"AUTHENTICATE \"PLAIN\" \"{secret}\""));
            return session;
        }

        private readonly LineSession _line = line;

        public Task<string> PutAsync(string name) => SendAsync($"PUTSCRIPT \"{name}\" {{5+}}\r\nkeep;");

        public void Dispose() => _line.Dispose();

        private async Task<string> SendAsync(string command) => await EndOfAnswerAsync(await _line.SendAsync(command));

        private async Task<string> EndOfAnswerAsync(string answer)
        {
            while (answer.Split(' ')[0] is var word && word is not ("OK" or "NO" or "BYE")) answer = await _line.ReadAsync();
            return answer.Split(' ')[0];
        }
    }

    /// <summary>The session of a mail program that waits for new mail (IDLE).</summary>
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

        /// <summary>Checks that the server ends the session within that time.</summary>
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
