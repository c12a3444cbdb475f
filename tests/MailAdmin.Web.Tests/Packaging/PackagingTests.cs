using System.Diagnostics;
using MailAdmin.Web.Commands;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Packaging;

/// <summary>
/// The files of the Debian package, as far as they can be checked without it. The package itself is tried by
/// <c>tests/MailAdmin.EndToEnd.Tests/Package/try-package.sh</c>.
/// </summary>
[Trait("Lane", "unit")]
public sealed class PackagingTests : IDisposable
{
    private const string Analyze = "/usr/bin/systemd-analyze";
    private const string Units = "usr/lib/systemd/system";

    private static readonly string Sources = Path.Combine(SourceFiles.Root, "src", "Packaging");

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mailadmin-units");

    public static TheoryData<string> Services { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Sources, "systemd"), "*.service").Select(f => Path.GetFileName(f)!)];

    public static TheoryData<string> Scripts { get; } =
    [
        .. ((string[])["mailadmin.postinst", "mailadmin.prerm", "mailadmin.postrm"]).Select(n => Path.Combine(Sources, "debian", n)),
    ];

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Systemd_understands_every_line_of_the_units()
    {
        Assert.SkipUnless(File.Exists(Analyze), "Needs systemd-analyze");
        var units = Install();

        var (code, output) = await RunAsync(Analyze, ["verify", $"--root={_root}", "--man=no", .. units]);

        Assert.True(code == 0 && output.Length == 0, output);
    }

    [Theory, MemberData(nameof(Services))]
    public async Task A_service_may_do_little_beyond_its_work(string service)
    {
        Assert.SkipUnless(File.Exists(Analyze), "Needs systemd-analyze");
        Install();

        // Tenths of systemd's scale, on which 10 is a service without any restriction.
        var (code, output) = await RunAsync(Analyze, ["security", "--offline=true", $"--root={_root}", "--threshold=25", service]);

        Assert.True(code == 0, output);
    }

    [Fact]
    public void Every_command_of_the_units_is_one_of_the_program()
    {
        var commands = Directory.EnumerateFiles(Path.Combine(Sources, "systemd")).SelectMany(File.ReadLines)
            .Where(l => l.StartsWith("ExecStart=/usr/bin/mailadmin ", StringComparison.Ordinal))
            .Select(l => l.Split(' ')[1..]).ToList();

        Assert.NotEmpty(commands);
        Assert.All(commands.Where(CommandLine.Asks), words => Assert.Empty(CommandLine.Root().Parse(words).Errors));
    }

    [Theory, MemberData(nameof(Scripts))]
    public async Task The_shell_reads_the_scripts(string script) => Assert.Equal((0, ""), await RunAsync("/bin/sh", ["-n", script]));

    [Fact]
    public async Task Bash_reads_the_switch_of_versions() =>
        Assert.Equal((0, ""), await RunAsync("/bin/bash", ["-n", Path.Combine(Sources, "commands", "switch")]));

    // Puts the units where systemd looks for them, with the programs that they start.
    private List<string> Install()
    {
        var units = _root.CreateSubdirectory(Units).FullName;
        foreach (var program in (string[])["usr/bin/mailadmin", "usr/lib/mailadmin/commands/run-as-server", "usr/bin/flock"])
        {
            _root.CreateSubdirectory(Path.GetDirectoryName(program)!);
            File.Copy("/bin/true", Path.Combine(_root.FullName, program));
        }
        var names = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Sources, "systemd")))
        {
            File.Copy(file, Path.Combine(units, Path.GetFileName(file)));
            names.Add(Path.GetFileName(file).Replace("@.", "@trial.", StringComparison.Ordinal));
        }
        foreach (var target in Directory.EnumerateFiles("/" + Units, "*.target"))
            File.Copy(target, Path.Combine(units, Path.GetFileName(target)));
        return names;
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
