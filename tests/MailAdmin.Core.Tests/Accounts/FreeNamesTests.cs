using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;

namespace MailAdmin.Core.Tests.Accounts;

public sealed class FreeNamesTests
{
    private readonly MailboxList _server = new();
    private FreeNames? _names;

    [Fact]
    public async Task A_number_whose_mailbox_is_on_the_server_is_passed_over()
    {
        await using var core = await CoreFixture.CreateAsync();
        _server.Add("exemple0002", "exemple0003");

        Assert.Equal(["exemple0001", "exemple0004", "exemple0005"], await CreateAsync(core, await core.AddDomainAsync(), 3));
    }

    [Fact]
    public async Task More_numbers_in_a_row_than_one_question_asks_for_are_passed_over()
    {
        await using var core = await CoreFixture.CreateAsync();
        _server.Add(Enumerable.Range(1, 100).Select(n => $"exemple{n:D4}"));

        Assert.Equal(["exemple0101"], await CreateAsync(core, await core.AddDomainAsync(), 1));
    }

    [Fact]
    public async Task Accounts_that_are_made_one_after_the_other_share_an_answer()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync(max: 200);

        _server.Add("exemple0003", "exemple0050", "exemple-0051", "exemple0001.old");
        var names = await CreateAsync(core, domain, 100);

        Assert.Equal(Enumerable.Range(1, 102).Except([3, 50]).Select(n => $"exemple{n:D4}"), names);
        Assert.Equal((1, 1), (_server.Questions, _server.Lists));
    }

    [Fact]
    public async Task An_answer_does_not_serve_for_long()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        await CreateAsync(core, domain, 1);
        _server.Add("exemple0002");

        core.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["exemple0003"], await CreateAsync(core, domain, 1));
    }

    [Fact]
    public async Task Nor_does_a_list_of_all_names()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync(max: 200);
        await CreateAsync(core, domain, 12);
        Assert.Equal(1, _server.Lists);
        _server.Add("exemple0013");

        core.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(["exemple0014"], await CreateAsync(core, domain, 1));
    }

    [Fact]
    public async Task A_server_that_could_not_be_asked_is_asked_again_for_the_next_account()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        _server.IsAway = true;
        await CreateAsync(core, domain, 1);

        _server.IsAway = false;
        _server.Add("exemple0002");

        Assert.Equal(["exemple0003"], await CreateAsync(core, domain, 1));
    }

    [Fact]
    public async Task Accounts_that_are_made_at_once_share_one_list()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync(max: 200);
        // The first answer is about sixteen numbers, and the tenth account needs more.
        await CreateAsync(core, domain, 9);
        using var listing = new ManualResetEventSlim();
        _server.Listing = listing;

        var both = Enumerable.Range(0, 2).Select(_ => Task.Run(() => CreateAsync(core, domain, 1))).ToList();
        // Without the common list, the second request would begin one of its own while the first hangs.
        SpinWait.SpinUntil(() => _server.Lists > 1, TimeSpan.FromSeconds(1));
        listing.Set();
        await Task.WhenAll(both);

        Assert.Equal(1, _server.Lists);
    }

    private async Task<List<string>> CreateAsync(CoreFixture core, MailDomain domain, int count)
    {
        var accounts = new AccountService(
            core.Database, core.Get<PasswordHasher>(), core.Get<PasswordHashQueue>(), new AccountCreation(CoreFixture.Host),
            _names ??= new FreeNames(core.Database, _server));
        var names = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var request = new NewAccount(
                domain.Id, LocalPart.Parse($"user{Guid.NewGuid():N}"), new(1_000), CoreFixture.GoodPassword, CoreFixture.GoodPassword);
            names.Add(CoreFixture.Value(await accounts.CreateAsync(request, Actor.Panel)).Username.Value);
        }
        return names;
    }

    /// <summary>Mailboxes of a server that was there before the panel.</summary>
    private sealed class MailboxList : IMailboxNames
    {
        private readonly HashSet<Username> _names = [];
        private int _lists;

        public bool IsAway { get; set; }

        public int Questions { get; private set; }

        public int Lists => _lists;

        /// <summary>A list hangs until it is set.</summary>
        public ManualResetEventSlim? Listing { get; set; }

        public void Add(params IEnumerable<string> names) => _names.UnionWith(names.Select(Username.Parse));

        public Task<IReadOnlySet<Username>?> ExistingAsync(IReadOnlyCollection<Username> names, CancellationToken cancellationToken)
        {
            Questions++;
            return Task.FromResult<IReadOnlySet<Username>?>(IsAway ? null : names.Where(_names.Contains).ToHashSet());
        }

        public Task<IReadOnlyCollection<Username>?> ListAsync(Prefix prefix)
        {
            Interlocked.Increment(ref _lists);
            Listing?.Wait(TimeSpan.FromSeconds(10));
            return Task.FromResult<IReadOnlyCollection<Username>?>(
                IsAway ? null : [.. _names.Where(n => n.Value.StartsWith(prefix.Value, StringComparison.Ordinal))]);
        }
    }
}
