using System.Diagnostics;
using System.Text;

namespace MailAdmin.Provisioning.Tests.Sieve;

/// <summary>Compiles scripts with Cyrus' own compiler and shows how it has understood them, to check what the product writes.</summary>
internal sealed class SieveTools : IDisposable
{
    private const string Compiler = "/usr/lib/cyrus/bin/sievec";
    private const string Reader = "/usr/lib/cyrus/bin/sieved";

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-sievec-").FullName;

    /// <param name="extensions">All extensions that the compiler is to know.</param>
    public SieveTools(string extensions = "fileinto reject vacation envelope relational subaddress date variables include")
    {
        Needs.Program(Compiler, "cyrus-imapd");
        Directory.CreateDirectory(In("config"));
        File.WriteAllText(In("imapd.conf"), $"configdirectory: {In("config")}\nsieve_extensions: {extensions}\n");
    }

    public static IReadOnlySet<string> AllExtensions { get; } =
        new HashSet<string>(
            ["fileinto", "reject", "vacation", "envelope", "relational", "subaddress", "date", "variables", "include"],
            StringComparer.Ordinal);

    /// <summary>Returns what the script does according to its bytecode. Throws with the compiler's message.</summary>
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
