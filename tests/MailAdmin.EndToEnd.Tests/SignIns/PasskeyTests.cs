using MailAdmin.EndToEnd.Tests.Shared;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.SignIns;

/// <summary>Passkeys with Chromium's own authenticator, as a user with a fingerprint reader has them.</summary>
[Trait("Lane", "browser")]
public sealed class PasskeyTests(OwnSandbox own) : IClassFixture<OwnSandbox>
{
    private const string Password = "Zeven3Koeien!";

    [Fact]
    public async Task A_passkey_signs_in_without_password_until_it_is_removed()
    {
        await using var browser = await PanelBrowser.OpenAsync();
        await AddAuthenticatorAsync(browser.Page);
        await SetUpAsync(browser);

        await browser.OpenAsync(new Uri(new Uri(own.Sandbox.PanelUrl), "/settings/second-factor"));
        await browser.FillAsync("Mot de passe actuel", Password);
        await browser.PressAsync("Continuer");
        await browser.FillAsync("Nom de la clé", "Portable");
        await browser.PressAsync("Ajouter une clé d’accès");
        await browser.SeesAsync("La clé d’accès est ajoutée");
        await browser.SeesAsync("Vos codes de secours");
        await browser.PictureAsync("passkey-added");

        await browser.PressAsync("Fin de session");
        var captured = await browser.Page.RunAndWaitForRequestAsync(
            () => browser.PressAsync("S’identifier avec une clé d’accès"), r =>
                r.Method == "POST" && r.Url.EndsWith("/sign-in/passkey", StringComparison.Ordinal));
        await browser.SeesAsync("Aucun domaine");
        await browser.PressAsync("Fin de session");
        await RefusesAsync(browser.Page, captured);
        await browser.PressAsync("S’identifier avec une clé d’accès");
        await browser.SeesAsync("Aucun domaine");

        // The password alone is no longer enough, and the passkey is the second step as well.
        await browser.PressAsync("Fin de session");
        await browser.FillAsync("Nom", "jens-ingo");
        await browser.FillAsync("Mot de passe", Password);
        await browser.PressAsync("S’identifier");
        await browser.SeesAsync("Vérification en deux étapes");
        await browser.PictureAsync("second-step");
        await browser.PressAsync("S’identifier avec une clé d’accès");
        await browser.SeesAsync("Aucun domaine");

        await RemoveAsync(browser);
        await browser.PressAsync("Fin de session");
        await browser.PressAsync("S’identifier avec une clé d’accès");
        await browser.SeesAsync("n’a pas pu être vérifiée");
        await browser.FillAsync("Nom", "jens-ingo");
        await browser.FillAsync("Mot de passe", Password);
        await browser.PressAsync("S’identifier");
        await browser.SeesAsync("Aucun domaine");
        Assert.Empty(browser.Complaints);
    }

    // A14: sends the same request again from the same browser, within the five minutes of its challenge.
    private static async Task RefusesAsync(IPage page, IRequest captured)
    {
        var answer = await page.Context.APIRequest.PostAsync(
            captured.Url,
            new()
            {
                DataString = captured.PostData,
                Headers = [new("Content-Type", "application/x-www-form-urlencoded"), new("Accept-Language", "fr")]
            });

        Assert.Contains("n’a pas pu être vérifiée", await answer.TextAsync());
        Assert.Contains("/sign-in", (await page.Context.APIRequest.GetAsync(new Uri(new Uri(captured.Url), "/domains").ToString())).Url);
    }

    private static async Task RemoveAsync(PanelBrowser browser)
    {
        await browser.OpenAsync(new Uri(new Uri(browser.Page.Url), "/settings/second-factor"));
        await browser.FillAsync("Mot de passe actuel", Password);
        await browser.PressAsync("Continuer");
        await browser.PressAsync("Supprimer Portable");
        await browser.SeesAsync("La clé d’accès est supprimée");
    }

    private async Task SetUpAsync(PanelBrowser browser)
    {
        await browser.OpenAsync(new Uri(own.Sandbox.SetupUrl!));
        await browser.FillAsync("Nom", "jens-ingo");
        await browser.FillAsync("Mot de passe", Password);
        await browser.FillAsync("Confirmez le mot de passe", Password);
        await browser.PressAsync("Créer et s’identifier");
        await browser.SeesAsync("Aucun domaine");
    }

    // A platform authenticator that has verified its user.
    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
