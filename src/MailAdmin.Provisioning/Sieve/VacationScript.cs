using System.Globalization;
using System.Text;
using MailAdmin.Core.Vacations;
using MimeKit;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>
/// Writes the script that answers (RFC 5230, with 5228, 5229, 5260, 5231 and 6609), without side effects. It requires only extensions that
/// the server lists. The vacation comes first and the user's own script after it, so that neither stops the other.
/// </summary>
internal static class VacationScript
{
    private const int MaxLine = 990;

    // Nobody reads mail to these addresses. Cyrus itself ignores the empty sender, owner-…, …-request and the user's own addresses.
    private static readonly string[] Machines =
    [
        "noreply*", "no-reply*", "no_reply*", "no.reply*", "donotreply*", "do-not-reply*", "do_not_reply*", "bounce*", "newsletter*",
        "mailer-daemon*", "postmaster",
    ];

    private static readonly string[] BulkFields =
        ["List-Id", "List-Help", "List-Subscribe", "List-Unsubscribe", "List-Post", "List-Owner", "List-Archive"];

    // The header's values that forbid answers; the others (DR, RN, NRN, None) concern only delivery reports and receipts.
    private static readonly string[] Suppressing = ["All", "OOF", "AutoReply"];

    /// <exception cref="SieveRefusedException">
    /// <see cref="SieveRefusal.Unsupported"/>: the server lacks an extension that this vacation needs.
    /// </exception>
    public static string Write(VacationFacts facts, UserScript? before, IReadOnlySet<string> extensions)
    {
        var required = Required(facts, before, extensions).ToList();
        var hasVariables = required.Contains("variables");
        var lines = new List<string> { $"require {SieveQuoting.List(required)};" };
        if (hasVariables) lines.AddRange(Tag(facts.Addresses));
        lines.Add($"if allof ({string.Join(",\r\n  ", Conditions(facts, required.Contains("envelope")))}) {{");
        lines.Add(Answer(facts, hasVariables));
        lines.Add("}");
        // Optional, because the user may delete that script meanwhile, and the include would then stop the vacation.
        if (required.Contains("include")) lines.Add($"include :personal :optional {SieveQuoting.Quote(before!.Name, hasVariables)};");
        return ScriptHeader.Write(before, string.Join("\r\n", lines) + "\r\n");
    }

    private static IEnumerable<string> Required(VacationFacts facts, UserScript? before, IReadOnlySet<string> extensions)
    {
        yield return Needed("vacation", "answer", extensions);
        if (facts.Starts is not null || facts.Ends is not null)
        {
            yield return Needed("date", "begin and end by itself", extensions);
            yield return Needed("relational", "begin and end by itself", extensions);
        }
        if (before is { Aside.Count: 0 }) yield return "include";
        if (extensions.Contains("envelope")) yield return "envelope";
        if (extensions.Contains("variables")) yield return "variables";
    }

    private static string Needed(string extension, string purpose, IReadOnlySet<string> extensions) => extensions.Contains(extension)
        ? extension
        : throw new SieveRefusedException(
            SieveRefusal.Unsupported, $"The mail server's Sieve has no '{extension}': the vacation can't {purpose} there");

    // Cyrus compares whole addresses, so the tagged address that the message was sent to has to be among them.
    private static IEnumerable<string> Tag(IReadOnlyList<string> addresses)
    {
        var patterns = addresses.Select(a => a.Insert(a.IndexOf('@', StringComparison.Ordinal), "+*"));
        yield return "set \"d\" \"$\";";
        yield return $"set \"tagged\" {SieveQuoting.Quote(addresses[0], hasVariables: false)};";
        yield return $"if address :all :matches [\"to\", \"cc\", \"resent-to\", \"resent-cc\"] {SieveQuoting.List(patterns)} {{ set \"tagged\" \"${{0}}\"; }}";
    }

    private static IEnumerable<string> Conditions(VacationFacts facts, bool hasEnvelope)
    {
        if (facts.Starts is { } starts) yield return Today("ge", starts);
        if (facts.Ends is { } ends) yield return Today("lt", ends);
        yield return $"not address :localpart :matches [\"from\", \"sender\", \"reply-to\"] {SieveQuoting.List(Machines)}";
        if (hasEnvelope) yield return $"not envelope :localpart :matches \"from\" {SieveQuoting.List(Machines)}";
        foreach (var field in BulkFields) yield return $"not exists \"{field}\"";
        yield return $"not header :contains \"X-Auto-Response-Suppress\" {SieveQuoting.List(Suppressing)}";
        yield return "not header :is \"Precedence\" [\"bulk\", \"list\", \"junk\"]";
        yield return "not header :matches \"Auto-Submitted\" \"auto-*\"";
        // Not ":contains": SpamAssassin writes "No, … tests=BAYES_00", which contains a yes.
        yield return "not header :matches [\"X-Spam-Flag\", \"X-Spam\", \"X-Spam-Status\"] \"yes*\"";
    }

    // Use the offset in force when the day begins: the comparison then changes at exactly that moment, even if summer time changes before
    // it.
    private static string Today(string relation, DateTimeOffset start)
    {
        var sign = start.Offset < TimeSpan.Zero ? "-" : "+";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"currentdate :zone \"{sign}{start.Offset:hhmm}\" :value \"{relation}\" \"date\" \"{start:yyyy-MM-dd}\"");
    }

    private static string Answer(VacationFacts facts, bool hasVariables)
    {
        var addresses = SieveQuoting.List(facts.Addresses);
        if (hasVariables) addresses = addresses.Insert(addresses.Length - 1, ", \"${tagged}\"");
        var subject = SieveQuoting.Quote(facts.Subject, hasVariables);
        var from = SieveQuoting.Quote(facts.Addresses[0], hasVariables);
        var days = facts.IntervalDays.ToString(CultureInfo.InvariantCulture);
        var (mime, reason) = Reason(facts.Text);
        return $"  vacation {mime}:days {days} :subject {subject} :from {from}\r\n    :addresses {addresses}\r\n    {SieveQuoting.Quote(reason, hasVariables)};";
    }

    // Cyrus sends the text unchanged, and Postfix breaks a line of more than 998 octets (RFC 5321, 4.5.3.1.6) in the middle. Users type
    // whole paragraphs as one line, so the panel encodes such a text.
    private static (string Mime, string Reason) Reason(string text)
    {
        if (text.Split('\n').All(line => Encoding.UTF8.GetByteCount(line) <= MaxLine)) return ("", text);
        using var part = new TextPart("plain") { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text.Replace("\n", "\r\n", StringComparison.Ordinal));
        using var written = new MemoryStream();
        part.WriteTo(written);
        return (":mime ", Encoding.ASCII.GetString(written.ToArray()));
    }
}
