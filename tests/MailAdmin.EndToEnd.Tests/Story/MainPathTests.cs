using System.Globalization;
using System.Text.RegularExpressions;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Testing.Hosts;
using MailKit.Net.Smtp;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Story;

/// <summary>The manual's example, from an empty panel to mail that flows, as the manual's reader would do it.</summary>
[Trait("Lane", "browser")]
public sealed partial class MainPathTests(OwnSandbox own) : IClassFixture<OwnSandbox>
{
    private const string Password = "Zeven3Koeien!";

    private MailSandbox Sandbox => own.Sandbox;

    [Fact]
    public async Task From_the_set_up_link_to_mail_that_flows()
    {
        await using var browser = await PanelBrowser.OpenAsync();
        await SetUpAsync(browser);
        await CreateDomainAsync(browser);
        await CreateAccountAsync(browser);
        await CreateAliasAsync(browser);

        var gugus = new MailUser(Sandbox, "exemple0001", Password);
        await ReceivesAsync(gugus);
        await SendsAsync(gugus);
        Assert.StartsWith("550 5.1.1", await MailUser.RecipientAnswerAsync(Sandbox, "inconnu@exemple.be"));
        await ListShowsUsageAndLastLoginAsync(browser);
        await EditedAliasIsFollowedAtOnceAsync(browser, gugus);
        await SignOutAsync(browser);
        Assert.Empty(browser.Complaints);
    }

    private async Task SetUpAsync(PanelBrowser browser)
    {
        await browser.OpenAsync(new Uri(Sandbox.PanelUrl));
        Assert.DoesNotContain("/setup/", browser.Page.Url);
        await browser.OpenAsync(new Uri(Sandbox.SetupUrl!));
        await browser.FillAsync("Nom", "jens-ingo");
        await browser.FillAsync("Mot de passe", Password);
        await browser.FillAsync("Confirmez le mot de passe", Password);
        await browser.PictureAsync("01-set-up");
        await browser.PressAsync("Créer et s’identifier");
        await browser.SeesAsync("Aucun domaine");
        await browser.PictureAsync("02-no-domain");
    }

    private static async Task CreateDomainAsync(PanelBrowser browser)
    {
        await browser.FollowAsync("Ajouter un domaine");
        await browser.FillAsync("Nom de domaine", "exemple.be");
        await browser.FillAsync("Préfixe", "exemple");
        await browser.FillAsync("Nombre maximal de comptes", "10");
        await browser.FillAsync("Quota par utilisateur", "25000");
        await browser.PictureAsync("03-new-domain");
        await browser.PressAsync("Créer le domaine");
        await browser.SeesAsync("Aucun compte");
        await browser.PictureAsync("04-no-account");
    }

    private static async Task CreateAccountAsync(PanelBrowser browser)
    {
        await browser.FollowAsync("Ajouter un nouveau compte");
        await browser.SeesAsync("exemple0001");
        await browser.FillAsync("Adresse e-mail", "gugus.dupont");
        await browser.FillAsync("Mot de passe", Password);
        await browser.FillAsync("Confirmez le mot de passe", Password);
        await browser.PictureAsync("05-new-account");
        await browser.PressAsync("Envoyer");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Heading, new() { Name = "gugus.dupont@exemple.be" })).ToBeVisibleAsync();
        // A busy machine may need longer than the page waits for its mailbox, so the page is loaded again.
        await Eventually.HoldsAsync(async () =>
        {
            await browser.Page.ReloadAsync();
            Assert.Contains("En place", await browser.ReadAsync());
        });
        await browser.PictureAsync("06-account");
    }

    private static async Task CreateAliasAsync(PanelBrowser browser)
    {
        await browser.FollowAsync("Alias");
        await browser.FollowAsync("Ajouter un alias");
        await browser.FillAsync("Adresse e-mail", "gugus");
        await browser.FillAsync("Destinations", "exemple0001");
        await browser.PressAsync("Envoyer");
        await browser.SeesAsync("exemple0001");
        await browser.PictureAsync("07-alias");
    }

    private async Task ReceivesAsync(MailUser gugus)
    {
        // The map follows a moment after the page.
        await Eventually.HoldsAsync(() => MailUser.SendFromOutsideAsync(Sandbox, "gugus@exemple.be", "bonjour", size: 200_000));
        await Eventually.HoldsAsync(async () => Assert.Equal(["bonjour"], await gugus.SubjectsAsync()));
        Assert.Equal(["bonjour"], await gugus.SubjectsAsync(tls: true));
        Assert.Equal(["bonjour"], await gugus.SubjectsByPop3Async());
    }

    private async Task SendsAsync(MailUser gugus)
    {
        await gugus.SendAsync("gugus.dupont@exemple.be", "ami@example.org", "de ma part");
        await Eventually.HoldsAsync(() => Assert.Contains(Sandbox.Outside.Messages(), m => m.Message.Subject == "de ma part"));
        var refused = await Assert.ThrowsAsync<SmtpCommandException>(
            () => gugus.SendAsync("directeur@exemple.be", "ami@example.org", "pas de ma part"));
        Assert.Equal(553, (int)refused.StatusCode);
    }

    private static async Task ListShowsUsageAndLastLoginAsync(PanelBrowser browser)
    {
        await Eventually.HoldsAsync(async () =>
        {
            await browser.FollowAsync("Comptes");
            var text = await browser.ReadAsync();
            var used = Used().Match(text);
            Assert.True(used.Success && Kilobytes(used.Groups["used"].Value) is > 190 and < 1_000, text);
            Assert.Contains("25 000 Ko", text.Replace('\u202f', ' ').Replace('\u00a0', ' '));
            Assert.Contains("aujourd’hui", text);
            // The user's last login was for sending.
            Assert.Contains("envoi", text);
        });
        await browser.PictureAsync("08-accounts");
    }

    private async Task EditedAliasIsFollowedAtOnceAsync(PanelBrowser browser, MailUser gugus)
    {
        await browser.FollowAsync("Alias");
        await browser.FollowAsync("gugus");
        await browser.FillAsync("Adresses ou noms d’utilisateur", "support@example.org");
        await browser.PressAsync("Envoyer");
        await browser.SeesAsync("support@example.org");
        await browser.PressAsync("Supprimer la destination exemple0001");
        await browser.SeesAsync("La destination a été supprimée.");
        await browser.PictureAsync("09-edited-alias");

        // A message sent before the map has followed still goes to both. The first message that goes only to support must not arrive in the
        // user's mailbox.
        var subject = "";
        await Eventually.HoldsAsync(async () =>
        {
            subject = "pour support " + Guid.NewGuid().ToString("N");
            await MailUser.SendFromOutsideAsync(Sandbox, "gugus@exemple.be", subject);
            await Eventually.HoldsAsync(
                () => Assert.Contains(
                    Sandbox.Outside.Messages(), m => m.Message.Subject == subject && m.Recipients.SequenceEqual(["support@example.org"])));
        });
        Assert.DoesNotContain(subject, await gugus.SubjectsAsync());
    }

    // Chapter 8: a copied cookie no longer works after "Fin de session".
    private async Task SignOutAsync(PanelBrowser browser)
    {
        var cookies = await browser.Page.Context.CookiesAsync();
        await browser.PressAsync("Fin de session");
        await browser.Page.Context.AddCookiesAsync(
            cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        await browser.OpenAsync(new Uri(new Uri(Sandbox.PanelUrl), "/domains"));
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Button, new() { Name = "S’identifier", Exact = true })).ToBeVisibleAsync();
    }

    private static int Kilobytes(string text) => int.Parse(string.Concat(text.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<used>[0-9][0-9\s]*) / 25\s000 Ko", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Used();
}
