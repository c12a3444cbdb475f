using System.Text.RegularExpressions;
using MailAdmin.Web.Features.Doctor;

namespace MailAdmin.Web.Tests.Shared;

[Trait("Lane", "unit")]
public sealed partial class FindingTextsTests
{
    [Fact]
    public void Every_finding_of_the_doctor_has_its_text_and_no_text_is_unused()
    {
        var sources = Directory.EnumerateFiles(SourceFiles.At("src", "MailAdmin.Provisioning", "Doctor"), "*.cs")
            .Select(File.ReadAllText);
        var codes = sources.SelectMany(s => Codes().Matches(s)).Select(m => m.Groups["code"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(codes.Count > 40);
        Assert.Equal(codes.Order(StringComparer.Ordinal), Texts.Read(typeof(FindingTexts), "en").Keys.Order(StringComparer.Ordinal));
    }

    // A finding has its code first; a rule has it second, after the name of the setting.
    [GeneratedRegex(
        @"(?:Finding|Unknown|new|yield return new)\(\s*""(?<code>[A-Z]\w+)""|, ""(?<code>Setting\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Codes();
}
