namespace MailAdmin.Testing;

/// <summary>The files of this repository, for tests of how the code and the docs are written.</summary>
public static class SourceFiles
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path in the repository.</summary>
    public static string At(params IEnumerable<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>Paths of all C# files below these folders, except generated ones.</summary>
    public static IReadOnlyList<string> Below(params IEnumerable<string> folders) =>
        [.. folders.SelectMany(f => Directory.EnumerateFiles(At(f), "*.cs", SearchOption.AllDirectories)).Where(IsWritten)];

    private static bool IsWritten(string file) =>
        !((string[])["obj", "bin", "Migrations"]).Any(folder => file.Contains($"/{folder}/", StringComparison.Ordinal));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MailAdmin.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
