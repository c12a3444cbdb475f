using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Tests.Sieve;

[Trait("Lane", "unit")]
public sealed class ScriptSummaryTests
{
    // The filter page of a web mailer writes it like this.
    private const string WebMailer = """
        require ["fileinto","copy","vacation","body"];
        # rule:[Facturation]
        if allof (header :contains ["Subject"] "facture {payée};", not address :is "from" "redirect@exemple.be")
        {
        	fileinto "Factures";
        	stop;
        }
        # rule:[Copie au comptable]
        if anyof (header :contains "To" "compta@", body :text :contains "discard")
        {
        	redirect :copy "comptable@fiduciaire.example";
        }
        # rule:[redirect "old@example.org"]
        if false # true
        {
        	redirect "vieux@example.org";
        }
        """;

    // An add-on of a desktop mail program writes it like this: brackets on lines of their own, tests in upper case, a text over several
    // lines.
    private const string MailProgram = """
        require ["reject", "variables"];
        /* redirect "comment@example.org"; */
        IF HEADER :IS "X-Spam" "Yes"
        {
          DISCARD ;
        }
        elsif size :over 10M {
          reject text:
        Trop grand. redirect "text@example.org";
        ..
        .
        ;
        } else {
          keep;
          REDIRECT "ailleurs@example.net"
          ;
        }
        """;

    [Fact]
    public void Filters_of_a_web_mailer_are_understood()
    {
        var summary = ScriptSummary.Of(WebMailer.ReplaceLineEndings("\r\n"));

        Assert.Equal([new("comptable@fiduciaire.example", true, true), new("vieux@example.org", false, true)], summary.Redirects);
        Assert.Equal((false, false, false), (summary.Discards, summary.Rejects, summary.Answers));
    }

    [Fact]
    public void Filters_of_a_mail_program_are_understood()
    {
        var summary = ScriptSummary.Of(MailProgram);

        Assert.Equal([new("ailleurs@example.net", true, true)], summary.Redirects);
        Assert.Equal((true, true, false), (summary.Discards, summary.Rejects, summary.Answers));
    }

    [Theory]
    [InlineData("redirect \"a@x.example\";", "a@x.example", false, false)]
    [InlineData("redirect text:\na@x.example\n.\n;", "a@x.example", false, false)]
    [InlineData("redirect :copy \"a@x.example\";", "a@x.example", true, false)]
    [InlineData("keep; redirect \"a@x.example\";", "a@x.example", true, false)]
    [InlineData("redirect \"a@x.example\"; fileinto \"Archive\";", "a@x.example", true, false)]
    [InlineData("if true { fileinto \"x\"; } redirect \"a@x.example\";", "a@x.example", false, false)]
    [InlineData("keep; if true { redirect \"a@x.example\"; }", "a@x.example", true, true)]
    [InlineData("if true { redirect \"a@x.example\"; } redirect :copy \"A@x.example\";", "a@x.example", false, false)]
    [InlineData("redirect \"\\a@x.exam\\ple\";", "a@x.example", false, false)]
    // An address that depends on the message can be any address.
    [InlineData("require \"variables\"; redirect \"${to}@x.example\";", null, false, false)]
    [InlineData("require \"encoded-character\"; redirect \"a${hex:40}x.example\";", null, false, false)]
    public void A_redirect_is_told_with_its_address_and_whether_a_copy_stays(
        string script, string? address, bool keepsCopy, bool isConditional) =>
        Assert.Equal([new(address, keepsCopy, isConditional)], ScriptSummary.Of(script).Redirects);

    [Theory]
    [InlineData("vacation \"x\";", "")]
    [InlineData(
        "vacation :days 3 :from \"ceo@client.example\" :addresses [\"a@exemple.be\", \"b@exemple.be\"] \"Absent\";", "ceo@client.example")]
    [InlineData("vacation :FROM \"Le Patron <ceo@client.example>\" :subject \"x\" text:\nAbsent\n.\n;", "Le Patron <ceo@client.example>")]
    [InlineData("vacation :addresses \"from@exemple.be\" \"x\"; if true { vacation :from \"${x}\" \"y\"; }", "*")]
    public void A_vacation_is_told_with_the_address_that_it_answers_from(string script, string senders)
    {
        var summary = ScriptSummary.Of(script);

        Assert.True(summary.Answers);
        Assert.Equal(senders, string.Join(' ', summary.Senders.Select(s => s ?? "*")));
    }

    [Theory]
    [InlineData("include \"a\"; include :personal :optional \"b\";", "a b", false)]
    [InlineData("include :global \"spam\";", "", true)]
    [InlineData("include :personal \"${x}\";", "", true)]
    public void Scripts_that_are_included_are_told(string script, string names, bool isMore)
    {
        var summary = ScriptSummary.Of(script);

        Assert.Equal((names, isMore), (string.Join(' ', summary.Includes), summary.IncludesUnknown));
    }

    [Theory]
    [InlineData("")]
    [InlineData("keep;")]
    [InlineData("require \"fileinto\"; if header :is \"subject\" \"redirect\" { fileinto \"discard\"; stop; }")]
    [InlineData("# redirect \"a@x.example\";")]
    public void Filing_alone_is_harmless(string script) => Assert.True(ScriptSummary.Of(script).IsHarmless);

    // For halves of scripts and texts that are no scripts, nothing is thrown.
    [Theory]
    [InlineData("redirect")]
    [InlineData("redirect \"")]
    [InlineData("redirect \"a@x.example")]
    [InlineData("}} redirect {")]
    [InlineData("redirect text:")]
    [InlineData("redirect [\"a@x.example\",")]
    [InlineData("vacation :from")]
    [InlineData("vacation :from :from \"\\")]
    [InlineData("include ;;;")]
    [InlineData("/* redirect")]
    [InlineData(":::\"\"\"")]
    public void What_is_no_script_is_read_all_the_same(string script) => Assert.NotNull(ScriptSummary.Of(script));
}
