using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Testing.Hosts;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Provisioning.Tests.Postfix;

/// <summary>The real postmap accepts everything that the model can hold, without a warning, and reads it back.</summary>
public sealed class MapFileProperties : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-maps-").FullName;
    private readonly MapOptions _options;

    public MapFileProperties()
    {
        _options = new() { Host = "mx.lab.example", Folder = Path.Combine(_folder, "maps"), ConfigDirectory = _folder, RebuildAbove = 20 };
        File.WriteAllText(Path.Combine(_folder, "main.cf"), "compatibility_level = 3.6\n");
    }

    /// <summary>Many texts in one case, because each case costs processes.</summary>
    public sealed record ManyTyped(Typed[] Texts)
    {
        public override string ToString() => string.Join(' ', (object[])Texts);
    }

    public static Arbitrary<ManyTyped> Many() =>
        Arb.From(Gen.ArrayOf(TypedTexts.Typed().Generator, 400).Select(t => new ManyTyped(t)), Halves);

    [Property(Arbitrary = [typeof(HostHistories)], MaxTest = 3, QuietOnSuccess = true)]
    public async Task A_random_host_stands_in_the_maps_after_each_batch_as_it_does_in_the_database(HostSteps history)
    {
        EmptyMapFolder();
        await using var core = await CoreFixture.CreateAsync();
        var (host, postmap) = (new RandomHost(core), new Postmap(_options));
        var follower = new Follower(core.Get<MapRepository>(), postmap, new SmtpdReloadTrigger(_options, TimeProvider.System), _options);
        foreach (var batch in history.Steps.Chunk(Math.Max(1, history.Steps.Count / 3)))
        {
            foreach (var step in batch) await host.RunAsync(step);
            await follower.CatchUpAsync(default);
        }
        await follower.SettleAsync(default);
        await using var context = core.Database.Open();
        var entries = (await context.MapEntries.ToListAsync()).ToLookup(e => e.Map);
        foreach (var map in PostfixMaps.All) await new MapFile(map, postmap).VerifyAsync(Expected(entries[map]), default);
    }

    [Property(Arbitrary = [typeof(MapFileProperties)], MaxTest = 3, QuietOnSuccess = true)]
    public async Task Every_address_that_can_be_saved_is_a_key_and_every_destination_a_value(ManyTyped typed)
    {
        EmptyMapFolder();
        var file = new MapFile(PostfixMap.Virtual, new Postmap(_options));
        var rows = Rows(typed);

        await file.UpsertAsync([.. rows.Take(rows.Count / 2)], default);
        await file.RebuildAsync(
            take => rows.ForEach(r => take(Encoding.UTF8.GetBytes(r.Key), Encoding.UTF8.GetBytes(r.Value!))),
            new MapPosition("0123456789ab", 7), default);

        await file.VerifyAsync(Expected(rows), default);
        Assert.Equal(7, (await file.ReadPositionAsync(default))?.Sequence);
        await file.DeleteAsync(rows, default);
        foreach (var row in rows) row.Value = null;
        await file.VerifyAsync(Expected(rows), default);
    }

    private static Dictionary<string, string?> Expected(IEnumerable<MapEntry> rows) =>
        rows.ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);

    // Every text that is a valid address is used as a key where it may be a hosted address, and in any case among the values.
    private static List<MapEntry> Rows(ManyTyped typed)
    {
        var parts = typed.Texts.Select(t => LocalPart.TryParse(t.Text, out var part, out _) ? part.Value : null).OfType<string>()
            .Append("gugus").Distinct().ToList();
        var names = typed.Texts.Select(t => DomainName.TryParse(t.Text, out var name) ? name.Value : null).OfType<string>()
            .Append(new string('a', 63) + ".example").Distinct().ToList();
        var outside = typed.Texts.Select(t => AddrSpec.TryParse(t.Text, out var address) ? address.Value : null).OfType<string>()
            .Append("!#$%&'*+-/=?^_`{|}~@example.org").Append("-x@example.org").Append("#x@example.org").ToList();
        var keys = parts.SelectMany(part => names.Select(name => $"{part}@{name}")).Take(150).Concat(names.Select(n => "@" + n));
        return [.. keys.Select(
            (key, i) =>
            new MapEntry { Map = PostfixMap.Virtual, Key = key, Value = string.Join(',', outside.Skip(i % outside.Count).Take(20)) })];
    }

    private static IEnumerable<ManyTyped> Halves(ManyTyped typed) =>
        typed.Texts.Length <= 1 ? [] : typed.Texts.Chunk((typed.Texts.Length + 1) / 2).Select(half => new ManyTyped(half));

    private void EmptyMapFolder()
    {
        if (Directory.Exists(_options.Folder)) Directory.Delete(_options.Folder, recursive: true);
        Directory.CreateDirectory(_options.Folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
