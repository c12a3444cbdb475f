using MailAdmin.EndToEnd.Tests.Drift;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Imports;

/// <summary>A list with old hashes, on real servers: the users read their mail with their old passwords.</summary>
public sealed class ImportedAccountsTests(OwnExample example) : IClassFixture<OwnExample>
{
    private const string Password = "Kilo7-gamma";

    private const string List = """
        kind;address;hash;destinations
        account;ssha;{SSHA}uNqjcS0119nPwiQ/TGiQGpVRL5JOYUNs;
        account;pbkdf2;{PBKDF2}$1$0123456789abcdef$5000$0451d0cc2af8d34698f9ce476fa6de1769f54974;
        account;des;{CRYPT}abHJTUKpCbp5o;
        account;crypt;$1$7jDrLVwM$EPeHCw8w9y.L1L5kUbsni1;
        alias;tous;;ssha, des
        """;

    [Fact]
    public async Task Imported_accounts_get_mailboxes_mail_and_logins_by_their_old_hashes_which_are_renewed()
    {
        var sandbox = example.Sandbox;
        using var panel = await PanelClient.SignInAsync(sandbox);
        var preview = await panel.SubmitAsync("/domains/exemple.be/import", "form[enctype]", ("Text", List));
        Assert.NotNull(preview.Document.QuerySelector("form[action$=start]"));
        await panel.SubmitAsync(preview, "form[action$=start]");
        await Eventually.HoldsAsync(async () =>
            Assert.Contains("5 of 5 rows are done", (await panel.GetAsync(preview.Path)).Text, StringComparison.Ordinal));

        foreach (var name in (string[])["ssha", "pbkdf2", "des", "crypt"])
        {
            var account = await UsernameAsync(panel, preview.Path, name);
            await Eventually.HoldsAsync(() => new MailUser(sandbox, account, Password).SubjectsAsync());
            await Assert.ThrowsAsync<AuthenticationException>(() => new MailUser(sandbox, account, "x" + Password).SubjectsAsync());
            await Eventually.HoldsAsync(async () => Assert.StartsWith("$2", await HashAsync(sandbox.Folder.PanelSettings, account)));
            await new MailUser(sandbox, account, Password).SubjectsAsync();
        }
        await MailUser.SendFromOutsideAsync(sandbox, "tous@exemple.be", "to all");
        var user = new MailUser(sandbox, await UsernameAsync(panel, preview.Path, "des"), Password);
        await Eventually.HoldsAsync(async () => Assert.Contains("to all", await user.SubjectsAsync()));
    }

    private static async Task<string> UsernameAsync(PanelClient panel, string import, string localPart)
    {
        var rows = (await panel.GetAsync(import + "?rows=creates")).Document.QuerySelectorAll("tbody tr");
        return rows.Single(r => r.TextContent.Contains($"{localPart}@exemple.be", StringComparison.Ordinal)).QuerySelector("code")!.TextContent;
    }

    private static async Task<string> HashAsync(string settings, string username)
    {
        var (_, csv) = await DriftHost.CommandAsync(settings, ["export", "--domain", "exemple.be", "--hashes"]);
        var line = csv.Split('\n').Single(l => l.Contains($";{username};", StringComparison.Ordinal));
        return line.Trim().Split(';')[^1];
    }
}
