using System.Globalization;
using System.Text;

namespace MailAdmin.Core.Imports;

/// <summary>What a column of a list says.</summary>
public enum ListColumn
{
    Kind,
    Address,
    Addresses,
    Username,
    Name,
    FirstName,
    LastName,
    Quota,
    Password,
    Hash,
    Destinations,
    Redirect,
    KeepsCopy,
}

/// <summary>
/// The headings that are understood, in English, French, Dutch and German, and as other programs write them. Case, accents, spaces and
/// punctuation don't count.
/// </summary>
public static class ListColumns
{
    private static readonly Dictionary<ListColumn, string[]> Headings = new()
    {
        [ListColumn.Kind] = ["kind", "type", "sorte", "genre", "soort", "art", "typ"],
        [ListColumn.Address] =
        [
            "address", "email", "mail", "emailaddress", "mailaddress", "primaryaddress", "officialaddress", "emailprimary",
            "userprincipalname", "adresse", "adresseemail", "adressemail", "adresseelectronique", "courriel", "adresseofficielle", "adressedemessagerie",
            "adres", "emailadres", "mailadres", "emailadresse", "mailadresse",
        ],
        [ListColumn.Addresses] =
        [
            "addresses", "furtheraddresses", "otheraddresses", "moreaddresses", "additionaladdresses", "aliases",
            "adresses", "autresadresses", "adressessupplementaires", "andereadressen", "extraadressen", "verdereadressen",
            "weitereadressen", "zusatzlicheadressen",
        ],
        [ListColumn.Username] =
        [
            "username", "user", "login", "loginname", "account", "accountname", "mailbox",
            "identifiant", "nomdutilisateur", "utilisateur", "compte", "gebruikersnaam", "gebruiker", "benutzername", "benutzer", "konto",
        ],
        [ListColumn.Name] =
        [
            "name", "fullname", "displayname", "personsname", "person", "nom", "nomcomplet", "nomdelapersonne", "nomaffiche", "personne",
            "naam", "volledigenaam", "weergavenaam", "naamvandepersoon", "persoon", "vollstandigername", "anzeigename",
        ],
        [ListColumn.FirstName] = ["firstname", "givenname", "prenom", "voornaam", "vorname"],
        [ListColumn.LastName] =
            ["lastname", "surname", "familyname", "nomdefamille", "achternaam", "familienaam", "nachname", "familienname"],
        [ListColumn.Quota] =
        [
            "quota", "quotakib", "quotakb", "quotas", "mailboxsize", "limit", "espace", "taille", "limite", "grootte", "ruimte",
            "kontingent", "speicherplatz", "grosse",
        ],
        [ListColumn.Password] = ["password", "pass", "motdepasse", "wachtwoord", "passwort", "kennwort"],
        [ListColumn.Hash] =
        [
            "hash", "passwordhash", "hashedpassword", "crypt", "cryptedpassword", "userpassword", "hachage", "motdepassehache", "empreinte",
            "wachtwoordhash", "passworthash", "kennworthash",
        ],
        [ListColumn.Destinations] =
        [
            "destinations", "destination", "goto", "target", "targets", "leadsto", "members", "cible", "cibles", "membres", "bestemming",
            "bestemmingen", "leden", "ziel", "ziele", "mitglieder",
        ],
        [ListColumn.Redirect] =
        [
            "redirect", "redirectto", "forward", "forwardto", "forwarding", "redirection", "redirigervers", "renvoi", "transfert",
            "doorsturen", "doorsturennaar", "omleiding", "weiterleitung", "weiterleitenan", "umleitung",
        ],
        [ListColumn.KeepsCopy] =
        [
            "keepscopy", "keepcopy", "keepsacopy", "copy", "copie", "gardeunecopie", "garderunecopie", "kopie", "kopiebehouden",
            "kopiebewaren", "kopiebehalten",
        ],
    };

    private static readonly Dictionary<string, ListColumn> Known = Headings.SelectMany(h => h.Value.Select(v => (v, h.Key)))
        .ToDictionary(h => h.v, h => h.Key, StringComparer.Ordinal);

    /// <summary>The headings of an export: one a column, in English, so that programs can rely on them.</summary>
    public static string HeadingOf(ListColumn column) => column switch
    {
        ListColumn.Addresses => "further addresses",
        ListColumn.FirstName => "first name",
        ListColumn.LastName => "last name",
        ListColumn.KeepsCopy => "keeps copy",
        _ => column.ToString().ToLowerInvariant(),
    };

    /// <summary>Null if the heading is not known.</summary>
    public static ListColumn? Of(string heading) => Known.TryGetValue(Plain(heading), out var column) ? column : null;

    private static string Plain(string text) => string.Concat(
        text.Normalize(NormalizationForm.FormD).Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            .Select(c => c == 'ß' ? "ss" : char.IsLetter(c) ? char.ToLowerInvariant(c).ToString() : ""));
}
