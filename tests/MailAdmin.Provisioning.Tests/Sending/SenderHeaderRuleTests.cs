using System.Text;
using MailAdmin.Provisioning.Sending;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailAdmin.Provisioning.Tests.Sending;

[Trait("Lane", "unit")]
public sealed class SenderHeaderRuleTests
{
    private const string Own = "gugus.dupont@exemple.be";
    private const string Other = "ceo@voisin.example";

    private readonly FakeRights _rights = new();

    [Theory]
    [InlineData("From: gugus.dupont@exemple.be")]
    [InlineData("from: Gugus Dupont <Gugus.Dupont@EXEMPLE.be>")]
    [InlineData("From: \"Dupont, Gugus\" <info+liste@exemple.be> (au bureau)")]
    [InlineData("From: Gugus D. Dupont <info@exemple.be>")]
    [InlineData("From: =?utf-8?q?Gugus_D=C3=BCpont?= =?utf-8?q?_ceo=40voisin=2Eexample?= <info@exemple.be>")]
    [InlineData("From: \"ceo@voisin.example\" <info@exemple.be>")]
    [InlineData("From: gugus.dupont@exemple.be,\n info@exemple.be")]
    [InlineData("From: Bureau: gugus.dupont@exemple.be, Info <info@exemple.be>;")]
    [InlineData("From: G\u00fcgus <info@exemple.be>")]
    [InlineData("Subject: From: ceo@voisin.example")]
    [InlineData("Reply-To: ceo@voisin.example")]
    [InlineData("Resent-From: ceo@voisin.example")]
    [InlineData("Sender: info@exemple.be")]
    public void What_the_account_may_send_from_passes(string header) => Assert.Null(Refusal(header));

    [Theory]
    [InlineData("From: ceo@voisin.example")]
    [InlineData("FROM: Gugus <ceo@voisin.example>")]
    [InlineData("From : ceo@voisin.example")]
    [InlineData("From: gugus.dupont@exemple.be, ceo@voisin.example")]
    [InlineData("From: Bureau: gugus.dupont@exemple.be, ceo@voisin.example;")]
    [InlineData("From: \"gugus.dupont@exemple.be\" <ceo@voisin.example>")]
    [InlineData("From: =?utf-8?q?gugus=2Edupont=40exemple=2Ebe?= <ceo@voisin.example>")]
    [InlineData("From: (gugus.dupont@exemple.be) ceo@voisin.example")]
    [InlineData("From: Gugus\n <ceo@voisin.example>")]
    [InlineData("Sender: ceo@voisin.example")]
    public void An_address_of_somebody_else_is_named(string header)
    {
        var refusal = Refusal(header);
        Assert.StartsWith("550 5.7.1 ", refusal, StringComparison.Ordinal);
        Assert.Contains(": ceo@voisin.example is not an address of this account", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: ")]
    [InlineData("From: ceo")]
    [InlineData("From: Undisclosed:;")]
    [InlineData("From: =?utf-8?q?ceo=40voisin=2Eexample?=")]
    [InlineData("From: <info@exemple.be")]
    [InlineData("From: info@exemple.be> <ceo@voisin.example>")]
    [InlineData("From: <info@exemple.be> <ceo@voisin.example>")]
    [InlineData("From: info@exemple.be <ceo@voisin.example>")]
    [InlineData("From: <info@exemple.be> ceo@voisin.example")]
    [InlineData("From: <@voisin.example:info@exemple.be>")]
    [InlineData("From: info@exemple.be\rFrom: ceo@voisin.example")]
    [InlineData("From: info@exemple.be\n\n\tx")]
    [InlineData("From: <info@exemple.be>\u0001")]
    [InlineData("From: \"info@exemple.be")]
    [InlineData("From: info@exemple.be@voisin.example")]
    [InlineData("From: <info\u00e9@exemple.be>")]
    [InlineData("From: <\"info@exemple.be\"@voisin.example>")]
    [InlineData("From: <=?utf-8?q?info=40exemple=2Ebe?=>")]
    [InlineData("From: info@[127.0.0.1]")]
    public void What_programs_may_read_otherwise_is_refused(string header) =>
        Assert.StartsWith("550 5.7.1 From: ", Refusal(header), StringComparison.Ordinal);

    [Fact]
    public void Every_From_counts_and_without_one_all_is_well()
    {
        Assert.Null(Refusal("Subject: bonjour"));
        Assert.Null(Refusal($"From: {Own}", $"From: {Own}"));
        Assert.Contains(Other, Refusal($"From: {Own}", "Subject: bonjour", $"From: {Other}"), StringComparison.Ordinal);
        Assert.Contains("Sender: " + Other, Refusal($"From: {Own}", $"Sender: {Other}"), StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_is_looked_at_is_refused()
    {
        var many = string.Join(", ", Enumerable.Repeat(Own, SenderHeaders.MaxMailboxes));
        Assert.Null(Refusal($"From: {many}"));
        Assert.Contains("more than 20 addresses", Refusal($"From: {many}, {Other}"), StringComparison.Ordinal);
        Assert.Contains("too long", Refusal($"From: ({new string('x', SenderHeaders.MaxLength)}) {Own}"), StringComparison.Ordinal);
        Assert.Contains(
            "too long", Refusal([.. Enumerable.Repeat($"From: {Own}", SenderHeaders.MaxLength / Own.Length)]), StringComparison.Ordinal);
        Assert.Contains("too long", Refusal(isCut: true, $"From: {Own}"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_fits_in_a_line_of_SMTP_and_holds_nothing_but_ASCII()
    {
        var answer = Refusal($"From: {new string('%', 300)}@voisin.example")!;

        Assert.InRange(answer.Length, 1, 510);
        Assert.DoesNotContain('%', answer);
        Assert.True(Ascii.IsValid(answer));
    }

    [Fact]
    public void People_sign_in_with_an_address_too_in_any_case()
    {
        Assert.Null(Refusal("Gugus.Dupont@exemple.be", [$"From: {Own}"]));
        Assert.NotNull(Refusal("exemple0002", [$"From: {Own}"]));
    }

    [Fact]
    public void Where_the_hoster_does_not_want_it_or_the_database_is_away_mail_goes_on()
    {
        _rights.Checks = false;
        Assert.Null(Refusal($"From: {Other}"));
        (_rights.Checks, _rights.IsAway) = (true, true);
        Assert.Null(Refusal($"From: {Other}"));
    }

    [Fact]
    public void Random_headers_are_never_taken_for_what_another_could_read_in_them()
    {
        var random = new Random(20261130);
        string[] parts = [Own, Other, "<", ">", "\"", "(", ")", ",", ";", ":", "@", " ", "\n ", "\\", "=?utf-8?q?", "?=", "a", "\u00e9",
            "[", "]"];
        for (var n = 0; n < 20_000; n++)
        {
            var value = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]));
            // A header that passes has the other address only inside quotes or comments; outside it has only an address of the account.
            if (Refusal($"From: {value}") is null) Assert.DoesNotContain($"<{Other}>", Bare(value), StringComparison.Ordinal);
        }
    }

    private static string Bare(string value)
    {
        var (bare, depth, quoted) = (new StringBuilder(), 0, false);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && (quoted || depth > 0)) i++;
            else if (value[i] == '"' && depth == 0) quoted = !quoted;
            else if (value[i] == '(' && !quoted) depth++;
            else if (value[i] == ')' && !quoted && depth > 0) depth--;
            else if (!quoted && depth == 0) bare.Append(value[i]);
        }
        return bare.ToString();
    }

    private string? Refusal(params string[] headers) => Refusal("exemple0001", headers);

    private string? Refusal(bool isCut, string header) => Refusal("exemple0001", [header], isCut);

    private string? Refusal(string login, string[] headers, bool isCut = false)
    {
        var read = new MilterMessage(login, "");
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            read.AddHeader(Encoding.Latin1.GetBytes($"{header[..colon]}\0{header[(colon + 1)..].TrimStart(' ')}\0"), isCut);
        }
        return new SenderHeaderRule(_rights, NullLogger<SenderHeaderRule>.Instance).Refusal(login, read.Senders);
    }
}
