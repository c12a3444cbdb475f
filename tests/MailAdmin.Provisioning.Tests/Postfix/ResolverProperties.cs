using FsCheck.Xunit;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Testing.Hosts;

namespace MailAdmin.Provisioning.Tests.Postfix;

/// <summary>The resolver gives the same result as Postfix with the maps that postmap has written.</summary>
public sealed class ResolverProperties : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-maps-").FullName;
    private readonly MapOptions _options;

    public ResolverProperties()
    {
        _options = new() { Host = "mx.lab.example", Folder = Path.Combine(_folder, "maps"), ConfigDirectory = _folder };
        File.WriteAllText(Path.Combine(_folder, "main.cf"), "compatibility_level = 3.6\n");
    }

    [Property(Arbitrary = [typeof(HostHistories)], MaxTest = 5, QuietOnSuccess = true)]
    public async Task The_resolver_agrees_with_the_maps_of_a_random_host_asked_as_Postfix_asks_them(HostSteps history)
    {
        if (Directory.Exists(_options.Folder)) Directory.Delete(_options.Folder, recursive: true);
        Directory.CreateDirectory(_options.Folder);
        await using var core = await CoreFixture.CreateAsync();
        var (host, postmap) = (new RandomHost(core), new Postmap(_options));
        foreach (var step in history.Steps) await host.RunAsync(step);
        var follower = new Follower(core.Get<MapRepository>(), postmap, new SmtpdReloadTrigger(_options, TimeProvider.System), _options);
        await follower.CatchUpAsync(default);
        await follower.SettleAsync(default);

        await using var context = core.Database.Open();
        var recipients = Recipients.Of(await HostModel.ReadAsync(context)).ToList();
        var outcomes = await AskAsync(postmap, recipients);
        foreach (var (recipient, outcome) in recipients.Zip(outcomes))
            Recipients.AssertAgree(await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse(recipient), default), outcome);
    }

    // Keys that are not known yet are looked up in one batch, and then everything is gone through again: a process for each key would take
    // minutes.
    private static async Task<List<PostfixOutcome>> AskAsync(Postmap postmap, List<string> recipients)
    {
        var known = new Dictionary<(PostfixMap Map, string Key), string?>();
        while (true)
        {
            var unknown = new HashSet<(PostfixMap Map, string Key)>();
            var postfix = new PostfixLookup((map, key) =>
            {
                if (known.TryGetValue((map, key), out var value)) return value;
                unknown.Add((map, key));
                return null;
            });
            var outcomes = recipients.ConvertAll(postfix.Ask);
            if (unknown.Count == 0) return outcomes;
            foreach (var keys in unknown.GroupBy(u => u.Map, u => u.Key))
            {
                var found = await postmap.QueryAsync(keys.Key.FileName(), keys, default);
                foreach (var key in keys) known[(keys.Key, key)] = found.GetValueOrDefault(key);
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
