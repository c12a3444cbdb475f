using System.Diagnostics;
using System.Text.Json.Nodes;
using MailAdmin.EndToEnd.Tests.Faults;

namespace MailAdmin.EndToEnd.Tests.Doctor;

/// <summary>The classes that share one <see cref="DoctorHost"/>.</summary>
[CollectionDefinition(Name)]
public sealed class DoctorCollection : ICollectionFixture<DoctorHost>
{
    public const string Name = "The doctor on a sandbox";
}

/// <summary>The sandbox with the manual's example, and <c>mailadmin doctor</c>.</summary>
public sealed class DoctorHost : OwnExample
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>Runs the doctor with the sandbox's settings, changed for this run.</summary>
    /// <param name="change">Changes the section <c>MailAdmin</c>.</param>
    public async Task<DoctorResult> RunAsync(Action<JsonNode>? change = null, params string[] options)
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Sandbox.Folder.PanelSettings))!;
        change?.Invoke(settings["MailAdmin"]!);
        var file = Path.Combine(Directory.CreateTempSubdirectory("mailadmin-doctor").FullName, "settings.json");
        await File.WriteAllTextAsync(file, settings.ToJsonString());
        return await RunAsync(file, options);
    }

    private static async Task<DoctorResult> RunAsync(string settings, string[] options)
    {
        string[] arguments = ["exec", Path.Combine(AppContext.BaseDirectory, "mailadmin.dll"), "doctor", "--json", "--settings", settings,
            .. options];
        var start = new ProcessStartInfo(
            "dotnet", arguments)
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        using var over = new CancellationTokenSource(Deadline);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(over.Token), process.StandardError.ReadToEndAsync(over.Token));
        await process.WaitForExitAsync(over.Token);
        Directory.Delete(Path.GetDirectoryName(settings)!, recursive: true);
        return new(process.ExitCode, await output, await error);
    }
}

public sealed record DoctorResult(int ExitCode, string Output, string Error)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>Each check whose state is not fine.</summary>
    public IReadOnlyList<string> Wrong =>
        [.. Json["checks"]!.AsArray().Where(c => (string?)c!["state"] != "fine").Select(c => c!.ToJsonString())];

    /// <summary>The finding with that code.</summary>
    public JsonNode Finding(string code)
    {
        var found = Json["checks"]!.AsArray().SelectMany(c => c!["findings"]!.AsArray()).FirstOrDefault(f => (string?)f!["code"] == code);
        Assert.True(found is not null, $"no {code} in {Output}\n{Error}");
        Assert.Equal(1, ExitCode);
        return found!;
    }
}
