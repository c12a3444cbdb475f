using System.Globalization;
using System.Reflection;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Tests.Shared;
using Xunit.v3;

// The language of most tests' browsers.
[assembly: Speaks("fr")]

namespace MailAdmin.Web.Tests.Shared;

/// <summary>
/// Texts such as <c>AccountTexts.Edit</c> have this language in the test. Requests have the language of their browser, whatever the test's.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class SpeaksAttribute(string language) : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
}
