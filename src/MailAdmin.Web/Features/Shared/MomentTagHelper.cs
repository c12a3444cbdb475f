using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MailAdmin.Web.Features.Shared;

/// <summary>A time in everyday words: <c>hier 18:02</c>, with the exact time as a tooltip.</summary>
[HtmlTargetElement("moment", Attributes = "at")]
public sealed class MomentTagHelper(ReaderTime times) : TagHelper
{
    /// <summary>Null if it never happened.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>The text for null.</summary>
    public string Never { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is not { } at)
        {
            output.TagName = "span";
            output.Attributes.SetAttribute("class", "soft");
            output.Content.SetContent(Never);
            return;
        }
        var local = times.Of(at);
        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", Dates.Say(local, "F"));
        output.Content.SetContent(Say(local, times.Now));
    }

    private static string Say(DateTime at, DateTime now)
    {
        var time = at.ToString("t", CultureInfo.CurrentCulture);
        return (now.Date - at.Date).Days switch
        {
            0 => SharedTexts.FormatToday(time),
            1 => SharedTexts.FormatYesterday(time),
            -1 => SharedTexts.FormatTomorrow(time),
            _ when at.Year == now.Year => Dates.Say(at, "M"),
            _ => Dates.Say(at, LongDate()),
        };
    }

    // With the month in words: 3/4 is ambiguous, and .NET has no other short form for English.
    private static string LongDate() =>
        CultureInfo.CurrentCulture.DateTimeFormat.LongDatePattern.Replace("dddd", "", StringComparison.Ordinal).Trim(' ', ',');
}
