using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>A user is signed in to their mailbox while the panel changes their password.</summary>
[Collection(OpenSessionCollection.Name)]
public sealed class NewPasswordTests(OwnExample example) : OpenSessionTest(example)
{
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
}
