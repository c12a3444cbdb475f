using System.Diagnostics;
using System.Text;

namespace MailAdmin.Provisioning.Tests.Sieve;

/// <summary>Cyrus' own compiler, and what it says that it has understood: the judge of what we write.</summary>
internal sealed class SieveTools : IDisposable
{
    private const string Compiler = "/usr/lib/cyrus/bin/sievec";
    private const string Reader = "/usr/lib/cyrus/bin/sieved";

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-sievec-").FullName;

    /// <param name="extensions">All that the compiler shall know.</param>
    public SieveTools(string extensions = "fileinto reject vacation envelope relational subaddress date variables include")
    {
        Assert.SkipUnless(File.Exists(Compiler), "needs cyrus-imapd");
        Directory.CreateDirectory(In("config"));
        File.WriteAllText(In("imapd.conf"), $"configdirectory: {In("config")}\nsieve_extensions: {extensions}\n");
    }

    public static IReadOnlySet<string> AllExtensions { get; } =
        new HashSet<string>(
            ["fileinto", "reject", "vacation", "envelope", "relational", "subaddress", "date", "variables", "include"],
            StringComparer.Ordinal);

    /// <summary>What the script does, as its bytecode tells; throws with the compiler's words.</summary>
    public string Understand(string script)
    {
        File.WriteAllBytes(In("script"), Encoding.UTF8.GetBytes(script));
        Run(Compiler, "-C", In("imapd.conf"), In("script"), In("bytecode"));
        return Run(Reader, In("bytecode"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(program)}: {output}{errors.Result}");
        return output;
    }
}
