using System.Text.RegularExpressions;
using MailAdmin.Web.Features.Audit;

namespace MailAdmin.Web.Tests.Audit;

/// <summary>The words of the audit, compared with what the sources record.</summary>
[Trait("Lane", "unit")]
public sealed partial class AuditKindsTests
{
    [Fact]
    public void Every_kind_that_a_service_records_has_its_words()
    {
        var known = AuditKinds.Groups.SelectMany(g => g.Kinds).Select(k => k.Kind).ToHashSet(StringComparer.Ordinal);
        var recorded = Directory.EnumerateFiles(SourceFiles.At("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).SelectMany(f => Kinds().Matches(File.ReadAllText(f)))
                .Select(m => m.Groups["kind"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(recorded.Count > 30);
        Assert.Empty(recorded.Except(known));
    }

    [GeneratedRegex(
        """Record\(\s*(?:account\.\w+ \? )?"(?<kind>[a-z.-]+)"(?: : "(?<kind>[a-z.-]+)")?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kinds();
}
