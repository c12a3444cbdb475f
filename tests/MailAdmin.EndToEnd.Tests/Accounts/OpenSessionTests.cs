using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>A user is signed in to their mailbox while the panel changes their rights.</summary>
[Collection(OpenSessionCollection.Name)]
public sealed class OpenSessionTests(OwnExample example) : OpenSessionTest(example)
{
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
}
