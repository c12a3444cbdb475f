using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace MailAdmin.Testing;

/// <summary>A text that a user typed or pasted, or that an attacker sent.</summary>
public sealed record Typed(string Text)
{
    /// <summary>Writes invisible characters as escapes, so that a failure can be pasted into a test.</summary>
    public override string ToString()
    {
        var shown = new StringBuilder();
        foreach (var c in Text.Take(300)) shown.Append(c is >= ' ' and < '\u007f' and not '"' ? $"{c}" : $"\\u{(int)c:x4}");
        return $"\"{shown}\" ({Text.Length})";
    }
}

/// <summary>Generates texts that look like names, addresses and amounts, mixed with characters that break programs.</summary>
public static class TypedTexts
{
    private const string Plain = "abckiIKsxn019";
    private const string Punctuation = ".-_@+&'=!#$%*/?^`{|}~,;:\\\"()<>[]";

    // Letters whose case depends on the culture or leaves ASCII, invisible marks, other dots, other digits, halves of surrogate pairs.
    private static readonly string[] Strange =
    [
        "İ", "ı", "\u212a", "ß", "ẞ", "ς", "\u0345", "é", "e\u0301", "ป", "\u0e51", "\u0661", "\uff11", "\uff41", "ö", "漢", "😀",
        "\0", "\n", "\t", " ", "\u00a0", "\u00ad", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u3002", "\uff0e", "\uff20", "\ud800",
        "\udc00", "\u05d0", "\ufffd",
    ];

    private static readonly string[] Pieces =
        ["exemple", ".be", "xn--", "xn--9ca", "xn--a-k1", "..", ".example", "@exemple.be", "25", "000", " Ko", "MB", "k", "\u212a", "GiB",
            "1,5", "'", "root", "user"];

    public static Arbitrary<Typed> Typed() => Arb.From(
        Gen.Frequency((6, Words()), (1, Long()), (1, LongAddress()), (1, Amount())).Select(t => new Typed(t)),
        t => Shorter(t.Text).Select(s => new Typed(s)));

    private static Gen<string> Words()
    {
        var piece = Gen.Frequency(
            (10, Gen.Elements(Plain.ToCharArray()).Select(c => $"{c}")),
            (3, Gen.Elements(Punctuation.ToCharArray()).Select(c => $"{c}")),
            (2, Gen.Elements(Strange)),
            (5, Gen.Elements(Pieces)));
        return Gen.Choose(0, 12).SelectMany(length => Gen.ArrayOf(piece, length)).Select(string.Concat);
    }

    // Lengths around the limits of the RFCs, and far beyond them.
    private static Gen<string> Long() =>
        from unit in Gen.OneOf(Gen.Elements(Strange), Gen.Elements("a", "1", ".", "a.", "1,", "@", "-", "é.", "xn--", "000 ", "a@"))
        from length in Gen.Frequency((8, Gen.Choose(50, 330)), (1, Gen.Constant(100_000)))
        from end in Gen.Elements("", ".example", "@exemple.be", "k")
        select string.Concat(Enumerable.Repeat(unit, length / unit.Length)) + end;

    private static Gen<string> LongAddress() =>
        from local in Gen.Choose(50, 66)
        from labels in Gen.Choose(1, 4)
        from label in Gen.Choose(40, 64)
        select $"{new string('a', local)}@{string.Concat(Enumerable.Repeat(new string('b', label) + ".", labels))}example";

    private static Gen<string> Amount() =>
        from number in Gen.Elements("0", "1", "25", "1,5", "25 000", "1.500", "999999999999999", "0,000001")
        from unit in Gen.OneOf(Gen.Elements(Strange), Gen.Elements("", "k", "K", "M", "g", "T"))
        from octets in Gen.OneOf(Gen.Elements(Strange), Gen.Elements("", "b", "B", "o", "io", "IB"))
        select number + unit + octets;

    private static IEnumerable<string> Shorter(string text)
    {
        for (var size = text.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= text.Length && start / size < 40; start += size) yield return text.Remove(start, size);
        }
    }
}
