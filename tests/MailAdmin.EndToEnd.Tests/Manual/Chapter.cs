using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>A chapter of the manual, a test for each of its figures.</summary>
[Collection(nameof(Readers))]
[TestMethodOrderer(typeof(FigureOrder))]
public abstract class Chapter(Readers readers)
{
    /// <summary>Has the reader do what stands beside the figure. What he sees are the words of his language.</summary>
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
