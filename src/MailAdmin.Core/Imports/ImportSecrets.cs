using System.Globalization;
using System.Text;
using System.Text.Json;
using MailAdmin.Core.Secrets;

namespace MailAdmin.Core.Imports;

/// <summary>
/// Seals the rows of uploaded lists, which contain passwords, and generated passwords, with a key that is not in the database
/// (docs/decisions/0031). Each is bound to its import and row.
/// </summary>
public sealed class ImportSecrets(PanelKey key)
{
    private const string Purpose = "MailAdmin.Imports";

    private readonly Lazy<byte[]> _key = new(() => key.DeriveFor(Purpose));

    internal byte[] Seal(ListRow row, long importId, int number) =>
        SecretBox.Seal(_key.Value, JsonSerializer.SerializeToUtf8Bytes(new Kept(row.Line, new(row.Cells))), Owner("row", importId, number));

    /// <summary>Null if the key is another one now.</summary>
    internal ListRow? Open(byte[]? box, long importId, int number)
    {
        if (box is null || SecretBox.Open(_key.Value, box, Owner("row", importId, number)) is not { } text) return null;
        return JsonSerializer.Deserialize<Kept>(text) is { } kept ? new ListRow(kept.Line, kept.Cells) : null;
    }

    internal byte[] SealPassword(string password, long importId, int number) =>
        SecretBox.Seal(_key.Value, Encoding.UTF8.GetBytes(password), Owner("password", importId, number));

    internal string? OpenPassword(byte[] box, long importId, int number) =>
        SecretBox.Open(_key.Value, box, Owner("password", importId, number)) is { } text ? Encoding.UTF8.GetString(text) : null;

    private static byte[] Owner(string what, long importId, int number) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what} {importId} {number}"));

    private sealed record Kept(int Line, Dictionary<ListColumn, string> Cells);
}
