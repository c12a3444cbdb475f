using System.Text;
using MailAdmin.Core.Imports;

namespace MailAdmin.Core.Tests.Imports;

[Trait("Lane", "unit")]
public sealed class MailListParserTests
{
    private const string Excel = "Adresse e-mail;Nom;Quota;Mot de passe\r\nélodie@exemple.be;\"Léger, Élodie\";500 Mo;Kilo7-gamma\r\n";

    [Theory]
    [InlineData("utf-8", false, "UTF-8")]
    [InlineData("utf-8", true, "UTF-8")]
    [InlineData("utf-16", true, "UTF-16")]
    [InlineData("utf-16BE", true, "UTF-16")]
    [InlineData("utf-16", false, "UTF-16")]
    [InlineData("utf-16BE", false, "UTF-16")]
    [InlineData("iso-8859-1", false, "ISO-8859-1")]
    public void Each_encoding_is_detected_and_told(string name, bool mark, string told)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] octets = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Excel)];

        var list = MailListParser.Read(octets).Value!;

        Assert.Equal((told, (char?)';'), (list.Encoding, list.Separator));
        var row = Assert.Single(list.Rows);
        Assert.Equal(("élodie@exemple.be", "Léger, Élodie", "500 Mo", "Kilo7-gamma", 2),
            (row[ListColumn.Address], row[ListColumn.Name], row[ListColumn.Quota], row[ListColumn.Password], row.Line));
    }

    [Fact]
    public void The_euro_sign_and_the_curly_apostrophe_of_Windows_are_read_as_such()
    {
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        var list = MailListParser.Read(windows.GetBytes("email,name\na@exemple.be,L’été à 5 €\n")).Value!;
        Assert.Equal(("Windows-1252", "L’été à 5 €"), (list.Encoding, list.Rows[0][ListColumn.Name]));
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void Each_separator_is_found_and_separators_within_quotes_are_text(char separator)
    {
        var text = string.Join(separator, "Name", "E-Mail-Adresse", "Ziele") + "\n"
            + string.Join(separator, "\"a,b;c\td\"", "x@exemple.be", "\"y@example.org,z@example.org;w@example.org\"");
        var list = MailListParser.Read(text).Value!;
        Assert.Equal(separator, list.Separator);
        Assert.Equal(("a,b;c\td", "x@exemple.be", "y@example.org,z@example.org;w@example.org"),
            (list.Rows[0][ListColumn.Name], list.Rows[0][ListColumn.Address], list.Rows[0][ListColumn.Destinations]));
    }

    [Theory]
    [InlineData("Adresse e-mail;Prénom;Nom de famille;Identifiant;Autres adresses;Rediriger vers;Garder une copie")]
    [InlineData("E-mailadres;Voornaam;Achternaam;Gebruikersnaam;Andere adressen;Doorsturen naar;Kopie bewaren")]
    [InlineData("E-Mail-Adresse;Vorname;Nachname;Benutzername;Weitere Adressen;Weiterleiten an;Kopie behalten")]
    [InlineData("EMAIL_ADDRESS;First Name;Last Name;User name;Further addresses;Forward to;Keeps copy")]
    public void Headings_are_understood_in_four_languages(string headings) => Assert.Equal(
        [ListColumn.Address, ListColumn.FirstName, ListColumn.LastName, ListColumn.Username, ListColumn.Addresses, ListColumn.Redirect,
            ListColumn.KeepsCopy],
        MailListParser.Read(headings + "\na@exemple.be;;;;;;\n").Value!.Columns);

    [Fact]
    public void Every_heading_of_an_export_is_understood() => Assert.All(
        Enum.GetValues<ListColumn>(), c => Assert.Equal(c, ListColumns.Of(ListColumns.HeadingOf(c))));

    [Fact] // C174
    public void A_list_of_a_spreadsheet_with_trailing_separators_and_blank_lines_is_read_line_by_line()
    {
        var lines = Enumerable.Range(1, 2_000).Select(n => $"\"Dupont, Élise {n}\";p{n}@exemple.be;;;");
        var text = "Nom;Courriel;;;\r\n" + string.Join("\r\n", lines) + "\r\n;;;;\r\n\r\n";
        byte[] octets = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)];

        var list = MailListParser.Read(octets).Value!;

        Assert.Equal((2_000, 0), (list.Rows.Count, list.Ignored.Count));
        Assert.Equal(("Dupont, Élise 2000", "p2000@exemple.be", 2_001),
            (list.Rows[^1][ListColumn.Name], list.Rows[^1][ListColumn.Address], list.Rows[^1].Line));
    }

    [Fact]
    public void Lines_without_headings_are_addresses()
    {
        var list = MailListParser.Read("a@exemple.be\r\n\r\nb.c@exemple.be;;;\n  d@exemple.be  ").Value!;
        Assert.Equal(["a@exemple.be", "b.c@exemple.be", "d@exemple.be"], list.Rows.Select(r => r[ListColumn.Address].Trim()));
    }

    [Theory]
    [InlineData("a@exemple.be\nb@exemple.be;Kilo7-gamma", "ImportHeadingsMissing", 2)]
    [InlineData("Name;Quota\nx;1", "ImportAddressColumnMissing", null)]
    [InlineData("email;e-mail\nx;y", "ImportColumnTwice", null)]
    [InlineData("email;name\na@exemple.be;x\nb@exemple.be;\"open\nc@exemple.be;y\n", "ImportQuoteOpen", 3)]
    [InlineData(" \n\n", "ImportEmpty", null)]
    [InlineData("email;name\n", "ImportEmpty", null)]
    public void A_list_that_nobody_can_understand_is_refused_with_the_line(string text, string code, int? line)
    {
        var problem = Assert.Single(MailListParser.Read(text).Problems);
        Assert.Equal(code, problem.Code);
        if (line is not null) Assert.Equal(line, problem.Args[0]);
    }

    [Fact] // C147
    public void Continued_lines_of_a_Postfix_table_are_one_alias()
    {
        var many = string.Join(",\n   ", Enumerable.Range(1, 900).Select(n => $"person{n:0000}@example.org"));
        var list = MailListParser.Read($"# lists\nall@exemple.be  {many}\n\t last@example.org\n\n# end\nshort: other@exemple.be\n").Value!;

        Assert.Equal([("all@exemple.be", 2), ("short", 905)], list.Rows.Select(r => (r[ListColumn.Address], r.Line)));
        var destinations = Core.Aliases.DestinationList.Split(list.Rows[0][ListColumn.Destinations]);
        Assert.Equal((901, "last@example.org"), (destinations.Count, destinations[^1]));
        Assert.DoesNotContain('\n', list.Rows[0][ListColumn.Destinations]);
    }

    [Fact] // C147
    public void A_cell_with_line_breaks_is_one_row()
    {
        var list = MailListParser.Read("kind,address,destinations\nalias,x@exemple.be,\"  a@example.org\n b@example.org\"\n").Value!;
        var destinations = Core.Aliases.DestinationList.Split(Assert.Single(list.Rows)[ListColumn.Destinations]);
        Assert.Equal(["a@example.org", "b@example.org"], destinations);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+32 2")]
    [InlineData("-x")]
    [InlineData("@x")]
    [InlineData("\tx")]
    [InlineData("'=x")]
    [InlineData("'")]
    [InlineData("''x")]
    [InlineData("o'neil")]
    [InlineData("")]
    public void What_a_spreadsheet_would_run_is_guarded_and_comes_back_unchanged(string text)
    {
        var guarded = FormulaCells.Guard(text);
        Assert.DoesNotContain(guarded.FirstOrDefault(), "=+-@\t\r");
        Assert.Equal(text, FormulaCells.Unguard(guarded));
    }

    [Fact]
    public void Excels_first_line_tells_the_separator()
    {
        var list = MailListParser.Read("sep=,\r\nemail,name\r\na@exemple.be,A;B\r\n").Value!;
        Assert.Equal((',', "A;B", 3), (list.Separator, list.Rows[0][ListColumn.Name], list.Rows[0].Line));
    }
}
