using System.Globalization;
using FsCheck.Xunit;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Tests.Addresses;

/// <summary>What holds for any typed text, in any culture of the server.</summary>
[Properties(Arbitrary = [typeof(TypedTexts)], MaxTest = 400, QuietOnSuccess = true)]
[Trait("Lane", "unit")]
public sealed class AddressProperties
{
    private const string AtomPunctuation = "!#$%&'*+-/=?^_`{|}~";

    private static readonly string[] Cultures = ["tr-TR", "az", "th"];

    [Property]
    public void A_domain_name_is_a_host_name_and_comes_back_from_either_spelling(Typed typed) => InEachCulture(() =>
    {
        if (!DomainName.TryParse(typed.Text, out var name)) return "";
        Assert.True(IsHostName(name.Value), name.Value);
        Assert.False(typed.Text.TrimEnd().EndsWith("..", StringComparison.Ordinal), "only the root's dot may be left out");
        Assert.Equal(name, DomainName.Parse(name.Value));
        Assert.Equal(name, DomainName.Parse(name.Display));
        Assert.Equal(name, DomainName.Parse(name.Value.ToUpperInvariant() + "."));
        return name.Value + name.Display;
    });

    [Property]
    public void A_local_part_is_a_dot_atom_in_lower_case_and_comes_back(Typed typed) => InEachCulture(() =>
    {
        if (!LocalPart.TryParse(typed.Text, out var part, out _)) return "";
        Assert.True(IsDotAtom(part.Value, "-_&'=") && part.Value.Length <= 64 && part.Value[0] != '-', part.Value);
        AssertFolded(typed, part.Value);
        Assert.Equal(part, LocalPart.Parse(part.Value));
        return part.Value;
    });

    [Property]
    public void An_outside_address_is_an_addr_spec_and_comes_back(Typed typed) => InEachCulture(() =>
    {
        if (!AddrSpec.TryParse(typed.Text, out var address)) return "";
        var at = address.Value.LastIndexOf('@');
        Assert.True(at <= 64 && IsDotAtom(address.Value[..at], AtomPunctuation), address.Value);
        Assert.True(IsHostName(address.Value[(at + 1)..]), address.Value);
        // RFC 5321, section 4.5.3.1.3: a path has 256 octets with its brackets.
        Assert.InRange(address.Value.Length, 3, 254);
        Assert.Equal(address, AddrSpec.Parse(address.Value));
        Assert.Equal(address, AddrSpec.Parse(address.Display));
        return address.Value;
    });

    [Property]
    public void A_username_is_safe_letters_and_comes_back(Typed typed) => InEachCulture(() =>
    {
        if (!Username.TryParse(typed.Text, out var name)) return "";
        Assert.True(name.Value.Length <= 64 && name.Value.All(c => IsLowerOrDigit(c) || c is '.' or '_' or '-'), name.Value);
        Assert.True(IsLowerOrDigit(name.Value[0]) && IsLowerOrDigit(name.Value[^1]), name.Value);
        AssertFolded(typed, name.Value);
        Assert.Equal(name, Username.Parse(name.Value));
        return name.Value;
    });

    [Property]
    public void A_prefix_comes_back_and_makes_usernames_for_every_number(Typed typed, FsCheck.NonNegativeInt number) => InEachCulture(() =>
    {
        if (!Prefix.TryParse(typed.Text, out var prefix, out _)) return "";
        AssertFolded(typed, prefix.Value);
        Assert.Equal(prefix, Prefix.Parse(prefix.Value));
        var name = Username.Numbered(prefix, number.Get);
        Assert.Equal(name, Username.Parse(name.Value));
        Assert.Equal(name.Value, string.Concat(prefix.Value, $"{number.Get}".PadLeft(4, '0')));
        return name.Value;
    });

    [Property]
    public void A_quota_is_within_its_bounds_and_comes_back_and_its_unit_was_typed(Typed typed) => InEachCulture(() =>
    {
        if (!Quota.TryParse(typed.Text, out var quota, out _)) return "";
        Assert.InRange(quota.KiB, 0, Quota.MaxKiB);
        Assert.True(Quota.TryParse(quota.KiB.ToString(CultureInfo.InvariantCulture), out var again, out _));
        Assert.Equal(quota, again);
        Assert.All(typed.Text, c => Assert.True(char.IsAscii(c) || char.IsWhiteSpace(c) || c == '’'));
        return $"{quota.KiB}";
    });

    [Property]
    public void An_own_address_is_read_with_and_without_each_spelling_of_its_domain(Typed typed) => InEachCulture(() =>
    {
        var domain = DomainName.Parse("été-café.example");
        LocalAddressParser.TryParse(typed.Text, domain, out var anything, out _);
        if (!LocalPart.TryParse(typed.Text, out var part, out _)) return $"{anything}";
        string[] spellings = [part.Value, $"{part}@{domain.Value}", $" {part}@{domain.Display}. ",
            $"{part.Value.ToUpperInvariant()}@ÉTÉ-CAFÉ.EXAMPLE"];
        foreach (var spelling in spellings)
        {
            Assert.True(LocalAddressParser.TryParse(spelling, domain, out var read, out _), spelling);
            Assert.Equal(part, read);
        }
        return part.Value;
    });

    // Found by the properties above.
    [Theory]
    [InlineData("25\u212a")]
    [InlineData("1 \u212aB")]
    [InlineData("1,5 G\u0131B")]
    public void A_letter_that_only_looks_like_a_unit_is_none(string text) => Assert.False(Quota.TryParse(text, out _, out _));

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void A_whole_address_has_254_octets_at_most(int length, bool fits)
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('b', 49), 4)) + ".example";
        Assert.Equal(fits, AddrSpec.TryParse($"{new string('a', length - domain.Length - 1)}@{domain}", out _));
    }

    [Fact]
    public void The_Kelvin_sign_is_no_k()
    {
        Assert.False(LocalPart.TryParse("\u212aevin", out _, out var problem));
        Assert.Equal("\u212a", problem.Args[0]);
        Assert.False(Username.TryParse("\u212aevin", out _));
        Assert.False(Prefix.TryParse("\u212aevin", out _, out _));
    }

    private static void InEachCulture(Func<string> check)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            var value = check();
            foreach (var culture in Cultures)
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(value, check());
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Only A to Z are folded: no other character becomes one that is allowed.
    private static void AssertFolded(Typed typed, string value) =>
        Assert.Equal(value, string.Concat(Visible(typed.Text).Select(c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c)));

    // The text without the invisible characters at both ends.
    private static string Visible(string text)
    {
        var unseen = text.Where(
            c => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format).Distinct()
                .ToArray();
        return text.Trim(unseen);
    }

    // Written again from RFC 1123 and RFC 5322, letter by letter, so that the code is not tested against itself.
    private static bool IsHostName(string text)
    {
        if (text.Length is 0 or > 253) return false;
        var labels = text.Split('.');
        foreach (var label in labels)
        {
            if (label.Length is 0 or > 63 || label.StartsWith('-') || label.EndsWith('-')) return false;
            if (!label.All(c => IsLowerOrDigit(c) || c == '-')) return false;
        }
        return labels.Length > 1 && !labels[^1].All(char.IsDigit);
    }

    private static bool IsDotAtom(string text, string punctuation) =>
        text.Split('.')
            .All(atom =>
            atom.Length > 0
            && atom.All(c => IsLowerOrDigit(c) || c is >= 'A' and <= 'Z' || punctuation.Contains(c, StringComparison.Ordinal)));

    private static bool IsLowerOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9');
}
