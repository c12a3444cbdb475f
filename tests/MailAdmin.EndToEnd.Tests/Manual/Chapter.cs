using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>A chapter of the manual, with a test for each of its figures.</summary>
[Collection(nameof(Readers))]
[TestMethodOrderer(typeof(FigureOrder))]
public abstract class Chapter(Readers readers)
{
    /// <summary>Makes the reader do what the text beside the figure says. The reader sees the texts in their own language.</summary>
    private protected async Task TellAsync(string language, Func<Reader, Task> story, [CallerMemberName] string test = "")
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var reader = await readers.OfAsync(language);
        var figure = GetType().GetMethod(test)!.GetCustomAttribute<FigureAttribute>()!.Name;
        Assert.SkipUnless(reader.StuckAt is null, $"The story ended at the figure {reader.StuckAt}.");
        reader.StuckAt = figure;
        await reader.DoAsync(figure, () => story(reader));
        Assert.Empty(reader.Panel.Complaints);
        reader.StuckAt = null;
    }
}
