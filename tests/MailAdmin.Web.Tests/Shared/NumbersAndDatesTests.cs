using System.Globalization;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Shared;

[Trait("Lane", "unit")]
public sealed class NumbersAndDatesTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("fr", "1 234 567")]
    [InlineData("en", "1,234,567")]
    [InlineData("nl", "1.234.567")]
    [InlineData("de", "1.234.567")]
    public void Whole_numbers_are_grouped_as_the_language_groups_them(string language, string expected)
    {
        Read(language);

        Assert.Equal(expected, Spaced(1_234_567.Shown()));
    }

    [Theory]
    [InlineData("fr", 0, "aujourd’hui 09:41")]
    [InlineData("fr", 1, "hier 09:41")]
    [InlineData("fr", 30, "26 octobre")]
    [InlineData("fr", 400, "21 octobre 2025")]
    [InlineData("fr", 24, "1er novembre")]
    [InlineData("fr", 389, "1er novembre 2025")]
    [InlineData("en-GB", 0, "today 09:41")]
    [InlineData("en-GB", 30, "26 October")]
    [InlineData("en-GB", 400, "21 October 2025")]
    [InlineData("en", 0, "today 9:41 AM")]
    [InlineData("en", 1, "yesterday 9:41 AM")]
    [InlineData("en", 30, "October 26")]
    [InlineData("en", 400, "October 21, 2025")]
    [InlineData("nl", 0, "vandaag 09:41")]
    [InlineData("nl", 1, "gisteren 09:41")]
    [InlineData("nl", 30, "26 oktober")]
    [InlineData("nl", 400, "21 oktober 2025")]
    [InlineData("de", 0, "heute 09:41")]
    [InlineData("de", 1, "gestern 09:41")]
    [InlineData("de", 30, "26. Oktober")]
    [InlineData("de", 400, "21. Oktober 2025")]
    public void Times_are_said_as_people_say_them(string language, int daysAgo, string expected)
    {
        Read(language);
        var output = new TagHelperOutput("moment", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));

        new MomentTagHelper(
            new ReaderTime(TimeZoneInfo.Utc, TimeZoneInfo.Utc, _clock))
        { At = _clock.GetUtcNow().AddDays(-daysAgo) }.Process(
                new TagHelperContext([], new Dictionary<object, object>(), "one"), output);

        Assert.Equal(expected, Spaced(output.Content.GetContent(NullHtmlEncoder.Default)));
    }

    private static void Read(string language) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

    // Languages use spaces of several widths between groups of digits.
    private static string Spaced(string text) => string.Concat(text.Select(c => char.IsWhiteSpace(c) ? ' ' : c));
}
