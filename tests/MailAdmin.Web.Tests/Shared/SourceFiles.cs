namespace MailAdmin.Web.Tests.Shared;

/// <summary>The C# files of this repository, for tests of how the code is written.</summary>
internal static class SourceFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>Paths of all files below these folders, except generated ones.</summary>
    public static IReadOnlyList<string> Below(params IEnumerable<string> folders) =>
        [.. folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*.cs", SearchOption.AllDirectories)).Where(IsWritten)];

    private static bool IsWritten(string file) =>
        !((string[])["obj", "bin", "Migrations"]).Any(folder => file.Contains($"/{folder}/", StringComparison.Ordinal));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MailAdmin.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
