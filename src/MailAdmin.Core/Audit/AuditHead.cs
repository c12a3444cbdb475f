using System.Globalization;

namespace MailAdmin.Core.Audit;

/// <summary>
/// The end of the chain at some time. If it is noted outside the database (a log, a sheet of paper), it shows later whether the events up
/// to it are unchanged.
/// </summary>
/// <param name="Id">Id of the latest event, 0 for none.</param>
/// <param name="Hash">64 hexadecimal digits, or empty for none.</param>
public sealed record AuditHead(long Id, string Hash)
{
    /// <summary>The text that <see cref="TryParse"/> reads: <c>1042:9f86…</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}:{Hash}");

    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AuditHead? head)
    {
        head = null;
        if (text?.Trim().Split(':') is not [var number, { Length: 64 } hash] || !hash.All(char.IsAsciiHexDigit)) return false;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0) return false;
        head = new(id, hash.ToLowerInvariant());
        return true;
    }
}
