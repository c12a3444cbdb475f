namespace MailAdmin.Core.Imports;

/// <summary>Words in cells, in English, French, Dutch and German.</summary>
internal static class CellValues
{
    private static readonly HashSet<string> Accounts =
        Set("account", "mailbox", "user", "compte", "boîte", "boite", "postvak", "konto", "postfach");
    private static readonly HashSet<string> Aliases =
        Set("alias", "list", "group", "liste", "groupe", "lijst", "groep", "gruppe", "verteiler");
    private static readonly HashSet<string> Redirects =
        Set("redirect", "forward", "redirection", "renvoi", "doorsturen", "omleiding", "weiterleitung", "umleitung");

    private static readonly HashSet<string> Unlimited =
        Set("unlimited", "none", "illimité", "illimite", "aucune", "onbeperkt", "geen", "unbegrenzt", "keine", "keins", "∞");

    private static readonly HashSet<string> Yes = Set("yes", "y", "true", "1", "x", "oui", "o", "vrai", "ja", "j", "waar", "wahr");
    private static readonly HashSet<string> No = Set("no", "n", "false", "0", "non", "faux", "nee", "onwaar", "nein", "falsch");

    /// <summary>What an export writes.</summary>
    public const string NoLimit = "unlimited";

    public static bool IsAccount(string text) => Accounts.Contains(text.Trim());

    public static bool IsAlias(string text) => Aliases.Contains(text.Trim());

    public static bool IsRedirect(string text) => Redirects.Contains(text.Trim());

    public static bool IsUnlimited(string text) => Unlimited.Contains(text.Trim());

    /// <summary>Null if it is neither a yes nor a no.</summary>
    public static bool? YesOrNo(string text) => Yes.Contains(text.Trim()) ? true : No.Contains(text.Trim()) ? false : null;

    public static string Of(bool yes) => yes ? "yes" : "no";

    private static HashSet<string> Set(params string[] words) => new(words, StringComparer.OrdinalIgnoreCase);
}
