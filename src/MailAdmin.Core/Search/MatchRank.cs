namespace MailAdmin.Core.Search;

/// <summary>How well a text matches the search, best first.</summary>
public enum MatchRank
{
    Same,
    Beginning,

    /// <summary>A word in the text begins with it: <c>dupont</c> in <c>gugus.dupont</c>.</summary>
    Word,
    Inside,
}

public static class MatchRanks
{
    /// <summary>Null if the text does not contain it. <paramref name="sought"/> is taken literally.</summary>
    public static MatchRank? Of(string text, string sought)
    {
        var at = text.IndexOf(sought, StringComparison.Ordinal);
        if (at < 0) return null;
        if (at == 0) return text.Length == sought.Length ? MatchRank.Same : MatchRank.Beginning;
        for (; at > 0; at = text.IndexOf(sought, at + 1, StringComparison.Ordinal))
        {
            if (!char.IsLetterOrDigit(text[at - 1])) return MatchRank.Word;
        }
        return MatchRank.Inside;
    }
}
