using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Aliases;
using MailAdmin.Web.Features.Audit;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Features.Vacations;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>
/// The words of the hosters' manual, which their customers know. Only this test has translated words: all others name a text by its key.
/// </summary>
[Trait("Lane", "unit")]
public sealed class GlossaryTests
{
    [Theory]
    [InlineData(typeof(AccountTexts), nameof(AccountTexts.Edit), "Modifier le compte")]
    [InlineData(typeof(AccountTexts), nameof(AccountTexts.ChangePassword), "Changer le mot de passe")]
    [InlineData(typeof(AccountTexts), nameof(AccountTexts.CatchAll), "Tout récupérer")]
    [InlineData(typeof(AccountTexts), nameof(AccountTexts.SetQuota), "Modifier le quota")]
    [InlineData(typeof(AccountTexts), nameof(AccountTexts.Suspend), "Suspendre le compte")]
    [InlineData(typeof(AccountTexts), nameof(AccountTexts.Delete), "Supprimer ce compte")]
    [InlineData(typeof(AccountTexts), nameof(AccountTexts.ClientSettings), "Réglages du logiciel de courrier")]
    [InlineData(typeof(AccountTexts), nameof(AccountTexts.Addresses), "Adresses")]
    [InlineData(typeof(AliasTexts), nameof(AliasTexts.Destinations), "Destinations")]
    [InlineData(typeof(AuditTexts), nameof(AuditTexts.Title), "Journal")]
    [InlineData(typeof(DomainTexts), nameof(DomainTexts.Name), "Nom de domaine")]
    [InlineData(typeof(DomainTexts), nameof(DomainTexts.Prefix), "Préfixe")]
    [InlineData(typeof(SharedTexts), nameof(SharedTexts.Redirect), "Redirection")]
    [InlineData(typeof(SharedTexts), nameof(SharedTexts.InPlace), "En place")]
    [InlineData(typeof(SharedTexts), nameof(SharedTexts.Pending), "En cours")]
    [InlineData(typeof(SharedTexts), nameof(SharedTexts.Failed), "Échec")]
    [InlineData(typeof(SharedTexts), nameof(SharedTexts.Suspended), "Suspendu")]
    [InlineData(typeof(SharedTexts), nameof(SharedTexts.Full), "Pleine")]
    [InlineData(typeof(VacationTexts), nameof(VacationTexts.Heading), "Message d’absence")]
    public void A_thing_has_the_manuals_name(Type texts, string key, string french) =>
        Assert.Equal(french, Texts.Read(texts, "fr")[key]);
}
