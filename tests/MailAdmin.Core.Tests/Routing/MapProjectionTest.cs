using MailAdmin.Core.Routing;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Routing;

/// <summary>What the tests of the maps compare.</summary>
public abstract class MapProjectionTest
{
    private protected const string Mailbox = "exemple0001@store.lab.example";

    private protected static async Task<List<string>> AllAsync(CoreFixture core)
    {
        var rows = new List<string>();
        foreach (var map in PostfixMaps.All) rows.AddRange((await core.MapAsync(map)).Select(r => $"{map} {r.Key} {r.Value}").Order());
        return rows;
    }
}
