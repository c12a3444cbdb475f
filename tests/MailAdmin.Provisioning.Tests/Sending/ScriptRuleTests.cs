using System.Text;
using MailAdmin.Provisioning.Sending;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailAdmin.Provisioning.Tests.Sending;

[Trait("Lane", "unit")]
public sealed class ScriptRuleTests
{
    private static readonly string[] Redirect = ["X-Sieve-Action: redirect", "Received: from somewhere", "From: stranger@example.net"];

    private readonly FakeRights _rights = new();

    [Theory]
    [InlineData("pascal@exemple.be", true)]
    [InlineData("lea@voisin.example", true)]
    [InlineData("loin@example.org", false)]
    [InlineData("loin@sub.exemple.be", false)]
    [InlineData("\"a@exemple.be\"@example.org", false)]
    [InlineData("exemple.be", false)]
    [InlineData("", false)]
    public void A_redirect_leaves_for_hosted_domains_alone_where_others_are_forbidden(string recipient, bool passes) =>
        Assert.Equal(passes, Refusal(Redirect, recipient) is null);

    [Fact]
    public void A_redirects_From_is_the_strangers_and_passes() => Assert.Null(Refusal(Redirect, "pascal@exemple.be"));

    [Fact]
    public void Every_recipient_counts_those_too_that_are_not_looked_at()
    {
        Assert.NotNull(Refusal(Redirect, "pascal@exemple.be", "loin@example.org"));
        Assert.NotNull(Refusal(Redirect, [.. Enumerable.Repeat("pascal@exemple.be", MilterMessage.MaxRecipients + 1)]));
    }

    [Theory]
    [InlineData("gugus.dupont@exemple.be", true)]
    [InlineData("bureau@exemple.be", true)]
    [InlineData("ceo@voisin.example", false)]
    public void A_vacation_answers_anybody_as_an_address_of_the_account(string from, bool passes) =>
        Assert.Equal(passes, Refusal(["X-Sieve-Action: vacation", $"From: {from}"], "stranger@example.net") is null);

    [Fact]
    public void What_a_script_writes_itself_makes_no_redirect_of_a_vacation_and_no_vacation_of_a_redirect()
    {
        Assert.NotNull(
            Refusal(["X-Sieve-Action: vacation", "From: ceo@voisin.example", "X-Sieve-Action: redirect", "Received: x"],
            "pascal@exemple.be"));
        Assert.NotNull(Refusal(["X-Sieve-Action: vacation", "From: info@exemple.be", "From: ceo@voisin.example"], "pascal@exemple.be"));
        Assert.NotNull(Refusal([.. Redirect, "X-Sieve-Action: reject"], "loin@example.org"));
    }

    [Fact]
    public void What_Cyrus_refuses_in_its_own_name_and_what_is_no_scripts_passes()
    {
        Assert.Null(Refusal(["X-Sieve-Action: reject", "From: postmaster@mx.example.org"], "stranger@example.net"));
        Assert.Null(Refusal(["From: anybody@example.net"], "stranger@example.net"));
    }

    [Fact]
    public void Where_the_hoster_does_not_want_From_checked_redirects_are_held_all_the_same()
    {
        _rights.Checks = false;
        Assert.Null(Refusal(["X-Sieve-Action: vacation", "From: ceo@voisin.example"], "stranger@example.net"));
        Assert.NotNull(Refusal(Redirect, "loin@example.org"));
        _rights.IsAway = true;
        Assert.Null(Refusal(Redirect, "loin@example.org"));
    }

    private string? Refusal(string[] headers, params string[] recipients)
    {
        var message = new MilterMessage("", "exemple0001");
        foreach (var recipient in recipients) message.AddRecipient(Encoding.ASCII.GetBytes($"<{recipient}>\0SIZE=12\0"));
        foreach (var header in headers)
            message.AddHeader(Encoding.ASCII.GetBytes(header.Replace(": ", "\0", StringComparison.Ordinal) + "\0"), isCut: false);
        return new ScriptRule(_rights, NullLogger<ScriptRule>.Instance).Refusal(message);
    }
}
