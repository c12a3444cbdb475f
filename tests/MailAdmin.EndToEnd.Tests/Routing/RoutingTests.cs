using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Testing.Hosts;

namespace MailAdmin.EndToEnd.Tests.Routing;

/// <summary>Redirects, the catch-all and domain aliases, set on the panel's pages and tested with real mail.</summary>
public sealed class RoutingTests(OwnExample own) : IClassFixture<OwnExample>
{
    private const string Mailbox = "exemple0001@store.sandbox.test";
    private const string RedirectPath = "/domains/exemple.be/accounts/exemple0001/redirect";
    private const string RedirectForm = "main form[action$='/redirect']";

    private MailSandbox Sandbox => own.Sandbox;

    // C033
    [Fact]
    public async Task Mail_follows_a_redirect_with_and_without_a_copy_and_stays_when_it_is_removed()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);

        await panel.SubmitAsync(RedirectPath, RedirectForm, ("Destinations", "ailleurs@example.org"));
        await RowIsAsync(Mailbox, "ailleurs@example.org");
        await MailUser.SendFromOutsideAsync(Sandbox, "gugus.dupont+x@exemple.be", "sans copie");
        await MailUser.SendFromOutsideAsync(Sandbox, "gugus@exemple.be", "sans copie, par alias");
        await ArrivedOutsideAsync("ailleurs@example.org", "sans copie", "sans copie, par alias");

        await panel.SubmitAsync(RedirectPath, RedirectForm, ("Destinations", "ailleurs@example.org"), ("KeepsCopy", "true"));
        await RowIsAsync(Mailbox, $"ailleurs@example.org,{Mailbox}");
        await MailUser.SendFromOutsideAsync(Sandbox, "gugus.dupont@exemple.be", "avec copie");
        await ArrivedOutsideAsync("ailleurs@example.org", "sans copie", "sans copie, par alias", "avec copie");

        await panel.SubmitAsync(RedirectPath, "form[action$='/redirect/delete']");
        await RowIsAsync(Mailbox, "");
        await MailUser.SendFromOutsideAsync(Sandbox, "gugus.dupont@exemple.be", "sans redirection");

        await Eventually.HoldsAsync(async () => Assert.Equal(["avec copie", "sans redirection"], await InboxAsync(0)));
        await ArrivedOutsideAsync("ailleurs@example.org", "sans copie", "sans copie, par alias", "avec copie");
    }

    [Fact]
    public async Task Two_who_redirect_to_each_other_with_a_copy_get_each_message_once()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var (first, second) = (
            await panel.CreateAccountAsync("exemple.be", "un", OwnExample.Password),
            await panel.CreateAccountAsync("exemple.be", "deux", OwnExample.Password));
        await RedirectAsync(panel, first.Username, "deux@exemple.be");
        await RedirectAsync(panel, second.Username, first.Username);
        await RowIsAsync(
            $"{second.Username}@store.sandbox.test", $"{first.Username}@store.sandbox.test,{second.Username}@store.sandbox.test");

        await MailUser.SendFromOutsideAsync(Sandbox, "un@exemple.be", "mutuel");

        foreach (var account in new[] { first, second })
        {
            var user = new MailUser(Sandbox, account.Username, OwnExample.Password);
            await Eventually.HoldsAsync(async () => Assert.Equal(["mutuel"], await user.SubjectsAsync()));
        }
    }

    // C057, C059, C063
    [Fact]
    public async Task The_catch_all_takes_what_has_no_address_and_nothing_of_anybody_elses()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        var quiet = await panel.CreateAccountAsync("exemple.be", "calme", OwnExample.Password);
        var holder = await panel.CreateAccountAsync("exemple.be", "ramasse", OwnExample.Password);
        var path = $"/domains/exemple.be/accounts/{holder.Username}/catch-all";
        await panel.SubmitAsync(path);
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "inconnu@exemple.be")));

        await MailUser.SendFromOutsideAsync(Sandbox, "calme+liste@exemple.be", "avec étiquette");
        await MailUser.SendFromOutsideAsync(Sandbox, "CALME@Exemple.BE", "en majuscules");
        await MailUser.SendFromOutsideAsync(Sandbox, "inconnu@exemple.be", "pour personne");
        await Accounts.SuspendAsync(Sandbox, quiet.Username);
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("550 5.2.1", await MailUser.RecipientAnswerAsync(Sandbox, "calme@exemple.be")));
        Assert.StartsWith("550 5.2.1", await MailUser.RecipientAnswerAsync(Sandbox, "calme+liste@exemple.be"));

        var user = new MailUser(Sandbox, holder.Username, OwnExample.Password);
        await Eventually.HoldsAsync(async () => Assert.Equal(["pour personne"], await user.SubjectsAsync()));
        await panel.SubmitAsync(path);
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("550 5.1.1", await MailUser.RecipientAnswerAsync(Sandbox, "inconnu@exemple.be")));
        Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "ramasse@exemple.be"));
        await Accounts.ResumeAsync(Sandbox, quiet.Username);
        await Eventually.HoldsAsync(async () => Assert.Equal(
            ["avec étiquette", "en majuscules"], (await new MailUser(Sandbox, quiet.Username, OwnExample.Password).SubjectsAsync())
                .Order()));
    }

    // C085, C087
    [Fact]
    public async Task Each_address_works_on_a_domain_alias_until_it_is_removed_and_unknown_ones_are_refused()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        Assert.StartsWith("554 5.7.1", await MailUser.RecipientAnswerAsync(Sandbox, "pascal@exemple.com"));

        await panel.SubmitAsync("/domains/exemple.be/names", ("Name", "exemple.com"));
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "pascal@exemple.com")));
        Assert.StartsWith("550 5.1.1", await MailUser.RecipientAnswerAsync(Sandbox, "personne@exemple.com"));
        await MailUser.SendFromOutsideAsync(Sandbox, "pascal@exemple.com", "autre nom");
        await MailUser.SendFromOutsideAsync(Sandbox, "redirection@exemple.com", "alias, autre nom");
        await Eventually.HoldsAsync(async () => Assert.Contains("autre nom", await InboxAsync(1)));
        await ArrivedOutsideAsync("support@example.org", "alias, autre nom");

        await panel.SubmitAsync("/domains/exemple.be/names/exemple.com/delete");
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("554 5.7.1", await MailUser.RecipientAnswerAsync(Sandbox, "pascal@exemple.com")));
        Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "pascal@exemple.be"));
    }

    [Fact]
    public async Task Postmaster_and_abuse_reach_the_hoster_or_their_own_and_no_catch_all_takes_what_speaks_for_the_domain()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);
        await panel.SubmitAsync("/security", "form[action='/security/role-address']", ("RoleAddress", "noc@example.org"));
        await panel.SubmitAsync("/domains/new", ("Name", "role.example"), ("Prefix", "role"));
        await panel.SubmitAsync("/domains/role.example/names", ("Name", "role.test"));
        var holder = await panel.CreateAccountAsync("role.example", "ramasse", OwnExample.Password);
        await panel.SubmitAsync($"/domains/role.example/accounts/{holder.Username}/catch-all");
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, "inconnu@role.test")));

        foreach (var guarded in (string[])["admin@role.example", "Webmaster+x@role.test"])
            Assert.StartsWith("550 5.1.1", await MailUser.RecipientAnswerAsync(Sandbox, guarded));
        foreach (var recipient in (string[])["postmaster@role.example", "Abuse+plainte@role.test", "inconnu@role.test"])
            await MailUser.SendFromOutsideAsync(Sandbox, recipient, recipient);
        await ArrivedOutsideAsync("noc@example.org", "postmaster@role.example", "Abuse+plainte@role.test");

        await panel.SubmitAsync("/domains/role.example/aliases/new", ("Address", "postmaster"), ("Destinations", holder.Username));
        await RowIsAsync("postmaster@role.test", $"{holder.Username}@store.sandbox.test");
        await MailUser.SendFromOutsideAsync(Sandbox, "postmaster@role.test", "le sien");
        var user = new MailUser(Sandbox, holder.Username, OwnExample.Password);
        await Eventually.HoldsAsync(
            async () => Assert.Equal(["inconnu@role.test", "le sien"], (await user.SubjectsAsync()).Order(StringComparer.Ordinal)));
        await ArrivedOutsideAsync("noc@example.org", "postmaster@role.example", "Abuse+plainte@role.test");
    }

    [Fact]
    public async Task The_tracer_says_what_Postfix_finds_and_whether_that_is_what_it_should()
    {
        using var panel = await PanelClient.SignInAsync(Sandbox);

        await Eventually.HoldsAsync(async () =>
        {
            var page = await panel.GetAsync("/trace?address=" + Uri.EscapeDataString("any+salon@exemple.be"));
            Assert.Contains("reaches 3 destinations", page.Text);
            Assert.Contains("Postfix confirms this", page.Text);
            Assert.Contains("exemple0001@store.sandbox.test,support@example.org,pascal@exemple.be", page.Text);
        });

        var right = await Maps.LookUpAsync(Sandbox, "virtual", "any@exemple.be");
        await Maps.OverwriteAsync(Sandbox, "virtual", "any@exemple.be", "espion@example.net");
        var other = await panel.GetAsync("/trace?address=any@exemple.be");
        await Maps.OverwriteAsync(Sandbox, "virtual", "any@exemple.be", right);
        Assert.Contains("Postfix is behind", other.Text);
        Assert.Contains("espion@example.net", other.Text);
    }

    private static Task<PanelPage> RedirectAsync(PanelClient panel, string from, string to) =>
        panel.SubmitAsync($"/domains/exemple.be/accounts/{from}/redirect", RedirectForm, ("Destinations", to), ("KeepsCopy", "true"));

    private Task RowIsAsync(string key, string value) =>
        Eventually.HoldsAsync(async () => Assert.Equal(value, await Maps.LookUpAsync(Sandbox, "virtual", key)));

    private Task<IReadOnlyList<string>> InboxAsync(int account) =>
        new MailUser(Sandbox, Sandbox.Accounts[account].Username, Sandbox.Accounts[account].Password).SubjectsAsync();

    private Task ArrivedOutsideAsync(string recipient, params string[] subjects) => Eventually.HoldsAsync(() => Assert.Equal(
        subjects.Order(), Sandbox.Outside.Messages().Where(m => m.Recipients.Contains(recipient)).Select(m => m.Message.Subject).Order()));
}
