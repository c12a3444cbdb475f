using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.SecondFactors;

/// <summary>A14: a captured sign-in with a passkey cannot be used again.</summary>
public sealed class PasskeyChallengesTests
{
    private readonly PasskeyChallenges _challenges = new(new PanelSettings(), new FakeTimeProvider());

    [Fact]
    public void A_challenge_is_answered_once_by_the_browser_that_asked()
    {
        var asked = new DefaultHttpContext();
        var mark = _challenges.Begin(asked);
        var own = Answering(asked);

        Assert.False(_challenges.Spend(mark, new DefaultHttpContext()));
        Assert.False(_challenges.Spend(mark, Answering(With(_challenges.Begin))));
        Assert.True(_challenges.Spend(mark, own));
        Assert.False(_challenges.Spend(mark, own));
    }

    [Fact]
    public void Two_tabs_of_one_browser_have_a_challenge_each()
    {
        var first = new DefaultHttpContext();
        var one = _challenges.Begin(first);
        var second = Answering(first);
        var other = _challenges.Begin(second);

        Assert.True(_challenges.Spend(one, Answering(first)));
        Assert.True(_challenges.Spend(other, Answering(first)));
    }

    private static DefaultHttpContext With(Func<HttpContext, string> begin)
    {
        var http = new DefaultHttpContext();
        begin(http);
        return http;
    }

    // The next request of the browser that got this answer.
    private static DefaultHttpContext Answering(HttpContext answered)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = answered.Response.Headers.SetCookie.ToString().Split(';')[0];
        return http;
    }
}
