using System.Globalization;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.MailboxCopies;

/// <summary>Messages in mailboxes of tests.</summary>
internal static class Messages
{
    /// <param name="id">The Message-ID; null for a message without one.</param>
    public static string Text(int number, string? id = "", string subject = "Message") => string.Create(CultureInfo.InvariantCulture, $"""
        From: Gugus <gugus@example.org>
        Date: Mon, 7 Sep 2026 10:{number / 60 % 60:D2}:{number % 60:D2} +0200
        Subject: {subject} {number}
        {(id is null ? "X-No-Id: yes" : $"Message-ID: <{(id.Length > 0 ? id : "m")}{number}@example.org>")}

        Text of message {number}.

        """).ReplaceLineEndings("\r\n");

    public static string Append(string folder, string text, string flags = "", string date = "07-Sep-2026 10:00:00 +0200") =>
        string.Create(CultureInfo.InvariantCulture, $"APPEND \"{folder}\" ({flags}) \"{date}\" {{{text.Length}+}}\r\n{text}");

    /// <summary>Appends this many, one a second, the last tenth of them without Message-ID.</summary>
    public static async Task FillAsync(this RawImap imap, string folder, int count, int first = 0)
    {
        foreach (var chunk in Enumerable.Range(first, count).Chunk(500))
        {
            await imap.PipelineAsync([.. chunk.Select(n => Append(
                folder, Text(n, n - first >= count * 9 / 10 ? null : ""), date: string.Create(
                    CultureInfo.InvariantCulture, $"0{1 + (n / 86400)}-Sep-2026 {n / 3600 % 24:D2}:{n / 60 % 60:D2}:{n % 60:D2} +0200")))]);
        }
    }

    public static async Task<int> CountAsync(this RawImap imap, string folder)
    {
        var line = (await imap.OkAsync($"STATUS \"{folder}\" (MESSAGES)")).First(l => l.StartsWith("* STATUS", StringComparison.Ordinal));
        return int.Parse(line[(line.LastIndexOf(' ') + 1)..].TrimEnd(')'), CultureInfo.InvariantCulture);
    }

    /// <summary>The untagged FETCH lines of all messages of a folder, without their numbers.</summary>
    public static async Task<List<string>> FetchAsync(this RawImap imap, string folder, string items)
    {
        await imap.OkAsync($"EXAMINE \"{folder}\"");
        return [.. (await imap.OkAsync($"FETCH 1:* ({items})")).Where(l => l.Contains("FETCH (", StringComparison.Ordinal))
            .Select(l => l[(l.IndexOf("FETCH (", StringComparison.Ordinal) + 7)..]
                .Replace(@"\Recent ", "", StringComparison.Ordinal).Replace(@"\Recent", "", StringComparison.Ordinal))];
    }
}
