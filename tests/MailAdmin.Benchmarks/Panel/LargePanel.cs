using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Benchmarks.Panel;

/// <summary>
/// Settings and database of a panel without servers, with the data of a large host. They are in a folder that is deleted at the end.
/// </summary>
internal sealed class LargePanel : IDisposable
{
    private const int Many = 200;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-pages-");

    public string Settings => Path.Combine(_folder.FullName, "settings.json");

    public string Url { get; } = $"http://127.0.0.1:{LoopbackPort.Free()}";

    private string Database => Path.Combine(_folder.FullName, "mailadmin.db");

    /// <param name="run">Its size.</param>
    /// <param name="metrics">Where the panel shows its metrics; null for nowhere.</param>
    public static async Task<LargePanel> CreateAsync(BenchmarkRun run, string? metrics = null)
    {
        var panel = new LargePanel();
        panel.WriteSettings(metrics);
        var domains = run.Size(1_000, 250);
        run.Report($"Filling a database with {domains:N0} domains …");
        await panel.FillAsync(domains);
        return panel;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task FillAsync(int domains)
    {
        var options = new DatabaseOptions
        {
            File = Database,
            StoreName = DomainName.Parse("store.example"),
            StoreNextHop = "store:unix:/nowhere"
        };
        await using var services = new ServiceCollection().AddLogging().AddMailAdminCore(options, new PasswordOptions { Cost = 4 })
            .BuildServiceProvider();
        await services.GetRequiredService<DatabasePreparation>().RunAsync();
        var (database, hasher) = (services.GetRequiredService<MailDatabase>(), services.GetRequiredService<PasswordHasher>());
        await LargeHost.FillAsync(database, domains);
        await LargeHost.AddAdminAsync(database, "superuser", AdminRole.Superuser, null, hasher);
        await LargeHost.AddAdminAsync(database, "one", AdminRole.DomainAdmin, 1, hasher);
        await LargeHost.AddAdminAsync(database, "many", AdminRole.DomainAdmin, Many, hasher);
        await LargeHost.AddAdminAsync(database, "support", AdminRole.Support, null, hasher);
    }

    private void WriteSettings(string? metrics) => File.WriteAllText(Settings, new JsonObject
    {
        ["MailAdmin"] = new JsonObject
        {
            [nameof(Database)] = Database,
            ["Store"] = new JsonObject { ["Name"] = "store.example", ["NextHop"] = "store:unix:/nowhere" },
            ["Passwords"] = new JsonObject { ["Cost"] = 4 },
            ["LogLevel"] = "Warning",
            ["Metrics"] = new JsonObject { ["Listen"] = metrics },
        },
    }.ToJsonString());
}
