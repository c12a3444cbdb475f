using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Tests.Addresses;

[Trait("Lane", "unit")]
public sealed class AddressTypeTests
{
    [Theory]
    [InlineData("gugus.dupont", "gugus.dupont")]
    [InlineData(" GUGUS ", "gugus")]
    [InlineData("o'brien", "o'brien")]
    [InlineData("r&d", "r&d")]
    [InlineData("a=b_c-d", "a=b_c-d")]
    public void What_Postfix_and_links_carry_safely_is_a_local_part(string text, string value) =>
        Assert.Equal(value, LocalPart.Parse(text).Value);

    // C009, C011, C013, C061
    [Theory]
    [InlineData("", "AddressMissing")]
    [InlineData("   ", "AddressMissing")]
    [InlineData(".gugus", "AddressDots")]
    [InlineData("gugus.", "AddressDots")]
    [InlineData("a..b", "AddressDots")]
    [InlineData("..", "AddressDots")]
    [InlineData("~ventes/be", "AddressCharacters")]
    [InlineData("a%2Fb", "AddressCharacters")]
    [InlineData("x?y=1", "AddressCharacters")]
    [InlineData("élodie.léger", "AddressCharacters")]
    [InlineData("gu gus", "AddressCharacters")]
    [InlineData("a+b", "AddressCharacters")]
    [InlineData("a\u202eb", "AddressCharacters")]
    [InlineData("-gugus", "AddressLeadingHyphen")]
    [InlineData("*", "AddressCatchAll")]
    [InlineData("%", "AddressCatchAll")]
    public void Everything_else_is_refused_with_its_reason(string text, string code)
    {
        Assert.False(LocalPart.TryParse(text, out _, out var problem));
        Assert.Equal(code, problem.Code);
    }

    [Fact]
    public void The_refusal_names_the_characters_and_makes_invisible_ones_visible()
    {
        Assert.False(LocalPart.TryParse("é\u200bléx", out _, out var problem));
        Assert.Equal("é U+200B", problem.Args[0]);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_local_part_has_64_octets_at_most(int length, bool fits) =>
        Assert.Equal(fits, LocalPart.TryParse(new string('a', length), out _, out _));

    // C007, C061
    [Theory]
    [InlineData("gugus.dupont@exemple.be", null)]
    [InlineData("gugus.dupont@EXEMPLE.BE.", null)]
    [InlineData("gugus@autre.example", "AddressOtherDomain")]
    [InlineData("a@b@exemple.be", "AddressCharacters")]
    [InlineData("*@exemple.be", "AddressCatchAll")]
    [InlineData("@exemple.be", "AddressCatchAll")]
    [InlineData("gugus@", "AddressOtherDomain")]
    public void Both_forms_of_the_manual_are_read(string text, string? code)
    {
        LocalAddressParser.TryParse(text, DomainName.Parse("exemple.be"), out var part, out var problem);
        Assert.Equal(code, problem?.Code);
        Assert.Equal(code is null ? "gugus.dupont" : null, part?.Value);
    }

    // C083
    [Fact]
    public void Both_spellings_of_an_international_name_are_one()
    {
        var unicode = DomainName.Parse("Été-Café.example");
        Assert.Equal(unicode, DomainName.Parse(unicode.Value));
        Assert.StartsWith("xn--", unicode.Value);
        Assert.Equal("été-café.example", unicode.Display);
    }

    [Theory]
    [InlineData("xn--a-k1.example")]
    [InlineData("localhost")]
    [InlineData("exemple..be")]
    [InlineData("-a.example")]
    [InlineData("a-.example")]
    [InlineData("a_b.example")]
    [InlineData("127.0.0.1")]
    [InlineData("a b.example")]
    [InlineData("exemple.be\nx")]
    [InlineData("*.example")]
    [InlineData(".")]
    [InlineData("")]
    public void What_is_no_domain_name_is_refused(string text) => Assert.False(DomainName.TryParse(text, out _));

    [Fact]
    public void A_Turkish_locale_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal("info@iii.example", AddrSpec.Parse("info@III.EXAMPLE").Value);
            Assert.Equal("iii", LocalPart.Parse("III").Value);
            Assert.Equal("iii0001", Username.Numbered(Prefix.Parse("III"), 1).Value);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // C136
    [Theory]
    [InlineData("st.gilles")]
    [InlineData("a/b")]
    [InlineData("a^b")]
    [InlineData("a b")]
    [InlineData("étoile")]
    [InlineData("1a")]
    public void A_prefix_is_safe_letters_digits_and_hyphens(string text) => Assert.False(Prefix.TryParse(text, out _, out _));
}
