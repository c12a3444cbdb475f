using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Search;
using MailAdmin.Core.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Data;

public sealed class DatabaseProviderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_has_what_was_committed_and_writers_go_on_meanwhile()
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();
        var path = Path.Combine(Path.GetDirectoryName(core.File)!, "copy.db");

        // The copy is made while a transaction is open, and that transaction is committed after it.
        await core.Database.ExecuteWithoutAuditAsync(async context =>
        {
            context.RetiredUsernames.Add(new() { Username = Username.Parse("later0001") });
            await context.SaveChangesAsync(Token);
            await core.Get<IDatabaseProvider>().CopyToAsync(path, Token);
            return true;
        }, Token);

        var copy = DatabaseProviders.Of(new() { File = path, StoreName = DomainName.Parse("store.lab.example"), StoreNextHop = "x:y" });
        await using var copied = Open(path);
        Assert.Equal("exemple.be", (await copied.Domains.SingleAsync(Token)).Name.Value);
        Assert.Empty(await copy.FaultsAsync(copied, 10));
        await using var original = core.Database.Open();
        Assert.Equal(0, await copied.RetiredUsernames.CountAsync(Token));
        Assert.Equal(1, await original.RetiredUsernames.CountAsync(Token));
        if (!OperatingSystem.IsWindows()) Assert.Equal(PrivateFiles.FileMode, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task A_copy_replaces_no_file_and_leaves_nothing_of_one_that_failed()
    {
        await using var core = await CreateAsync();
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(core.File)!, "copies")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.db"), "mine", Token);

        await Assert.ThrowsAsync<IOException>(
            () => core.Get<IDatabaseProvider>().CopyToAsync(Path.Combine(folder, "mine.db"), Token));

        Assert.Equal([Path.Combine(folder, "mine.db")], Directory.GetFiles(folder));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(folder, "mine.db"), Token));
    }

    [Fact]
    public async Task Text_of_keys_and_indexes_is_compared_by_octets_whatever_the_databases_default()
    {
        await using var core = await CreateAsync();
        await using var other = Open(core.File);

        var texts = other.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(t => t.GetProperties())
            .Where(p => (p.IsKey() || p.IsIndex()) && p.GetColumnType() == "TEXT").ToList();

        Assert.Contains(texts, p => p is { Name: "Username", DeclaringType.ClrType.Name: "Account" });
        Assert.Contains(texts, p => p is { Name: "Key", DeclaringType.ClrType.Name: "MapEntry" });
        Assert.All(texts, p => Assert.Equal("C", p.GetCollation()));
    }

    [Fact]
    public async Task A_compiled_query_serves_two_databases_in_one_process()
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();
        await using var context = core.Database.Open();
        await using var other = Open(core.File);

        foreach (var each in (MailContext[])[context, other, context])
        {
            var found = await DomainQueries.ById(each, 1);
            Assert.Equal("exemple.be", found!.Name.Value);
        }
    }

    private static OtherContext Open(string file) =>
        new(new DbContextOptionsBuilder<OtherContext>().UseSqlite($"Data Source={file};Pooling=False").Options);

    /// <summary>A model of its own, as another database has it.</summary>
    private sealed class OtherContext(DbContextOptions<OtherContext> options) : MailContext(options)
    {
        protected override string OctetCollation => "C";

        internal override IQueryable<SearchEntry> Containing(SearchKind kind, IEnumerable<string> texts) =>
            throw new NotSupportedException();
    }
}
