using System.Text.RegularExpressions;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>Words that native speakers stumbled over, and that must not come back.</summary>
[Trait("Lane", "unit")]
public sealed class WordsTests
{
    [Theory]
    // A person's gender is not known.
    [InlineData("en", @"\b(he|him|his|himself)\b")]
    [InlineData(
        "en", @"asked to wait|put right|as it has to be|\bIn full\b|whoever has|as the browser asks|at present|meanwhile\b.*nothing was|second factor|no way back")]
    [InlineData(
        "fr", @"à support|Nb max|\bpriée?s?\b|\b[Ff]ix(er|é|ée|ez)\b|sans page|un tout récupérer|tout récupérer (fixé|supprimé)|Où vous êtes|\bArrêtée?\b|arrêter vous-même|[Ss]econds? facteurs?|En entier\.|Ecrivez|rappelez-le\b|\bÉditer\b")]
    [InlineData(
        "de", @"\balle E-Mail\b|vertröstet|Abwesenheitsnachricht|Ersatzcode|von niemandem|[Zz]weite[nrs]? Faktor|[Ss]tillgelegt|rufen Sie ihn|es gibt kein Zurück")]
    [InlineData(
        "nl", @"het antwoord|[Oo]pgeschort|[Oo]pschorten|[Tt]weede factor|van niemand\b|[Ss]topgezette beheerder|bel hem|er is geen weg terug")]
    public void Words_that_read_translated_stay_away(string language, string words)
    {
        var banned = new Regex(words, RegexOptions.None, TimeSpan.FromSeconds(1));

        var found = Texts.In(typeof(SharedTexts).Assembly).SelectMany(
            texts => Texts.Read(texts, language).Where(text => banned.IsMatch(text.Value))
                .Select(text => $"{texts.Name}.{text.Key}: {text.Value}"));

        Assert.Empty(found);
    }
}
