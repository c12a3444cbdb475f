using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Tests.Postfix;

/// <summary>A database whose map rows are written by hand, and a follower with the real postmap in a folder of its own.</summary>
public sealed class FollowerFixture : IAsyncDisposable
{
    public const string HostName = "mx.lab.example";

    private readonly TestDatabase _database = TestDatabase.Create();
    private readonly ServiceProvider _services;

    private FollowerFixture()
    {
        _services = new ServiceCollection()
            .AddMailAdminCore(_database.OptionsFor(MailHostNames.None), new PasswordOptions { Cost = 4 }).BuildServiceProvider();
        Directory.CreateDirectory(MapFolder);
        Directory.CreateDirectory(Path.Combine(Folder, "etc"));
        File.WriteAllText(Path.Combine(Folder, "etc", "main.cf"), "compatibility_level = 3.6\n");
        File.WriteAllText(ReloadTrigger, "");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("mailadmin-maps-").FullName;

    public string MapFolder => Path.Combine(Folder, "maps");

    public string ReloadTrigger => Path.Combine(Folder, "reload-trigger.db");

    /// <summary>The postmap that the follower runs; a test that needs failures replaces it.</summary>
    public string PostmapPath { get; set; } = "/usr/sbin/postmap";

    public MailDatabase Database => _services.GetRequiredService<MailDatabase>();

    public MapRepository Maps => _services.GetRequiredService<MapRepository>();

    public static async Task<FollowerFixture> CreateAsync()
    {
        var fixture = new FollowerFixture();
        await fixture._services.GetRequiredService<DatabasePreparation>().RunAsync();
        return fixture;
    }

    /// <summary>Creates another follower on the same maps, as a restarted panel does.</summary>
    internal Follower Follower(int rebuildAbove = 2_000)
    {
        var options = Options(rebuildAbove);
        return new(
            _services.GetRequiredService<MapRepository>(), new Postmap(options), new SmtpdReloadTrigger(options, TimeProvider.System),
            options);
    }

    internal Postmap RealPostmap => new(Options(1, "/usr/sbin/postmap"));

    /// <summary>Runs like a panel until there is nothing left to do, and then ends.</summary>
    internal async Task FollowAsync()
    {
        var follower = Follower();
        await follower.CatchUpAsync(default);
        await _services.GetRequiredService<MapRepository>().SavePositionAsync(HostName, await follower.SettleAsync(default), null, default);
    }

    /// <summary>Writes rows as one change; a null value removes the key.</summary>
    public Task WriteAsync(PostfixMap map, params (string Key, string? Value)[] rows) => Database.WriteAsync(Actor.Panel, async write =>
    {
        foreach (var (key, value) in rows)
        {
            var entry = await write.Context.MapEntries.SingleOrDefaultAsync(e => e.Map == map && e.Key == key);
            if (entry is null) write.Context.Add(entry = new MapEntry { Map = map, Key = key, Owner = MapOwner.Address, OwnerId = 1 });
            (entry.Value, entry.Sequence) = (value, write.Change.Id);
        }
    });

    /// <summary>Returns what Postfix finds in the map.</summary>
    internal async Task<string?> LookUpAsync(PostfixMap map, string key) =>
        (await RealPostmap.QueryAsync(map.FileName(), [key], default)).GetValueOrDefault(key);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private MapOptions Options(int rebuildAbove, string? postmap = null) => new()
    {
        Host = HostName,
        Folder = MapFolder,
        ReloadTrigger = ReloadTrigger,
        ConfigDirectory = Path.Combine(Folder, "etc"),
        RebuildAbove = rebuildAbove,
        Postmap = postmap ?? PostmapPath,
    };
}
