using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.MailboxCopies;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Provisioning.Tests.MailboxCopies;

/// <summary>An account with an empty mailbox on a private Cyrus, and the engine that copies into it.</summary>
internal sealed class CopyScene : IAsyncDisposable
{
    private static int _number;

    private readonly CoreFixture _core;

    private CopyScene(CoreFixture core, PrivateCyrus cyrus, Account account, MailboxCopyOptions options) =>
        (_core, Cyrus, Account, Options) = (core, cyrus, account, options);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public PrivateCyrus Cyrus { get; }

    public Account Account { get; }

    public MailboxCopyOptions Options { get; set; }

    public CoreFixture Core => _core;

    public MailboxCopyService Service => _core.Get<MailboxCopyService>();

    public MailboxCopyJournal Journal => _core.Get<MailboxCopyJournal>();

    /// <param name="kib">The mailbox's limit.</param>
    /// <param name="folders">Its folders.</param>
    public static async Task<CopyScene> CreateAsync(
        CyrusFixture fixture, long kib = 1_000_000, string[]? folders = null, MailboxCopyOptions? options = null)
    {
        var cyrus = await fixture.ServerAsync();
        var core = await CoreFixture.CreateAsync();
        var prefix = $"copie{(char)('a' + Interlocked.Increment(ref _number))}";
        var account = await core.AddAccountAsync(await core.AddDomainAsync($"{prefix}.example", prefix), "gugus");
        using var provisioner = new Provisioner(cyrus.Options());
        var name = account.Username.Value;
        await provisioner.Mailboxes.EnsureAsync(Specs.Of(name, kib, folders ?? []) with { Id = account.MailboxId }, Cancellation);
        return new(core, cyrus, account, options ?? new());
    }

    /// <summary>The user's own mailbox on another Cyrus, whose folders are below INBOX and separated by dots.</summary>
    public static async Task<(SourceRequest Request, RawImap User)> SourceAsync(CyrusFixture fixture, string? name = null)
    {
        var cyrus = await fixture.ServerAsync(slashes: false);
        name ??= Specs.NewName();
        await using (var admin = await RawImap.SignInAsync(cyrus)) await admin.OkAsync($"CREATE user.{name}");
        return (Request(cyrus.Port, name, cyrus.Options().AdminPassword!), await RawImap.SignInAsync(cyrus, name));
    }

    public static SourceRequest Request(
        int port, string user, string password, SourceAuthentication by = SourceAuthentication.Password, string? proxy = null) =>
        new("127.0.0.1", port, SourceSecurity.None, by, user, proxy, password);

    public MailboxCopier Copier() => new(
        new SourceConnector(new SourceAddresses(_core.Get<SourceNetworks>()), Options), Cyrus.Options(), Journal, Options,
        TimeProvider.System);

    /// <summary>Starts a copy and claims it, as the hosted service does.</summary>
    public async Task<CopyAttempt> StartAsync(SourceRequest request, bool followsDeletions = false)
    {
        CoreFixture.Value(await Service.StartAsync(Account.Id, request, followsDeletions, Actor.Panel));
        return Assert.Single(await Journal.ClaimAsync("test", 1, 4, TimeSpan.FromMinutes(1), Cancellation));
    }

    /// <summary>Carries out one whole copy.</summary>
    public async Task<MailboxCopy> CopyAsync(SourceRequest request, bool followsDeletions = false)
    {
        var attempt = await StartAsync(request, followsDeletions);
        await Copier().RunAsync(attempt, Cancellation);
        await Journal.FinishAsync(attempt.CopyId, Cancellation);
        await Journal.LeaveAsync(attempt.CopyId, "test", Cancellation);
        return (await _core.Get<MailboxCopyRepository>().FindAsync(Account.Id, Cancellation))!;
    }

    public async Task<IReadOnlyList<MailboxCopyProblem>> ProblemsAsync()
    {
        await using var context = _core.Database.Open();
        return await context.MailboxCopyProblems.OrderBy(p => p.Id).ToListAsync(Cancellation);
    }

    /// <summary>Loses what was recorded of the folders, as a restored backup does.</summary>
    public Task ForgetFoldersAsync() =>
        _core.Database.ExecuteWithoutAuditAsync(context => context.MailboxCopyFolders.ExecuteDeleteAsync(Cancellation));

    public Task<RawImap> UserAsync() => RawImap.SignInAsync(Cyrus, Account.Username.Value);

    public ValueTask DisposeAsync() => _core.DisposeAsync();
}
