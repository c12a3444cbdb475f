namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>
/// docs/manual: the text is written by hand. The pictures are those of one run of these tests with <c>MAILADMIN_MANUAL=pictures</c>.
/// Without that setting the story runs only in French, and nothing is written.
/// </summary>
internal static class ManualFolder
{
    public static IReadOnlyList<string> All { get; } = ["fr", "en"];

    public static bool IsWritten { get; } = Environment.GetEnvironmentVariable("MAILADMIN_MANUAL") == "pictures";

    /// <summary>The languages in which the story runs.</summary>
    public static IReadOnlyList<string> Languages => IsWritten ? All : ["fr"];

    public static string Of(string language) => SourceFiles.At("docs", "manual", language);
}
