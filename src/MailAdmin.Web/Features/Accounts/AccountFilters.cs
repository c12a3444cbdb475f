using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Scripts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Features.Trace;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>
/// What an account's own script does, and whom its owner gave rights in the mailbox: asked of the mail server while the page is made.
/// </summary>
public sealed class AccountFilters(ScriptAddresses addresses, RightsHolders holders, IMailServer server)
{
    private const int MostTraced = 5;

    /// <summary>The longest that is waited for the server: half a second for a page.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Null when there is no server, or no mailbox yet.</summary>
    public async Task<FilterView?> FiltersAsync(Username username, bool isReady, CancellationToken cancellationToken)
    {
        if (!server.IsThere || !isReady) return null;
        if (await server.ActiveScriptAsync(username, Patience, cancellationToken) is not { } script) return FilterView.Unread;
        var named = script.Summary.Redirects.Select(r => r.Address).Concat(script.Summary.Senders).OfType<string>();
        return new(script, await addresses.FindAsync(username, named, cancellationToken));
    }

    /// <summary>Of those whose mailbox gets the mail; of the first few, since each is a sign-in.</summary>
    public async Task<IReadOnlyList<TracedFilters>> OfAsync(IEnumerable<ResolutionStep> steps, CancellationToken cancellationToken)
    {
        var usernames = steps.Where(s => s.Kind is StepKind.Mailbox or StepKind.CopyKept).Select(s => s.Link?.Username).OfType<string>()
            .Distinct(StringComparer.Ordinal).Take(MostTraced);
        var read = usernames.Select(async u => (Username: u, View: await FiltersAsync(Username.Parse(u), true, cancellationToken)));
        return [.. (await Task.WhenAll(read)).Where(r => r.View is not null).Select(r => new TracedFilters(r.Username, r.View!))];
    }

    /// <summary>Null when there is no server, or no mailbox yet.</summary>
    public async Task<SharingView?> SharingAsync(AccountRow account, MailDomain domain, CancellationToken cancellationToken)
    {
        if (!server.IsThere || !account.MailboxReady) return null;
        if (await server.RightsAsync(account.Username, Patience, cancellationToken) is not { } rights) return SharingView.Unread;
        var domains = await holders.DomainsAsync(rights.Select(r => r.Identifier), cancellationToken);
        return new(
            true, [.. rights.GroupBy(r => r.Identifier, StringComparer.Ordinal)
                .Select(g => new Sharer(g.Key, RightsHolders.Of(g.Key, domain.Name, domains), [.. g]))]);
    }
}

/// <param name="Script">Null when it can't be read now.</param>
/// <param name="Known">What the addresses in it are.</param>
public sealed record FilterView(ActiveScript? Script, IReadOnlyDictionary<string, ScriptAddress> Known)
{
    public static FilterView Unread { get; } = new(null, new Dictionary<string, ScriptAddress>(StringComparer.Ordinal));

    public bool IsNone => Script is { Name: null, Summary.IsHarmless: true };

    /// <summary>There is something to be set aside.</summary>
    public bool IsActing => Script is { Summary.IsHarmless: false };

    public bool SendsOutside => Redirects.Any(r => IsOutside(r.Address));

    public IReadOnlyList<ScriptRedirect> Redirects => Script?.Summary.Redirects ?? [];

    /// <summary>Answers are from these, which are not the account's.</summary>
    public IEnumerable<string?> ForeignSenders => Script?.Summary.Senders.Where(s => s is null || Of(s) is not { MaySend: true }) ?? [];

    public bool IsOutside(string? address) => address is null || Of(address) is not { IsHere: true };

    /// <summary>The message comes back and is then dropped as one that was here already.</summary>
    public bool IsLoop(ScriptRedirect redirect) => !redirect.KeepsCopy && redirect.Address is { } address && Of(address) is { IsOwn: true };

    private ScriptAddress? Of(string address) => Known.GetValueOrDefault(address);
}

/// <param name="Identifier">As the access list has it.</param>
/// <param name="Rights">In which folders, and which.</param>
public sealed record Sharer(string Identifier, RightsHolder Holder, IReadOnlyList<FolderRight> Rights)
{
    public bool IsForeign => Holder != RightsHolder.Colleague;
}

/// <param name="IsRead">False: the server can't be asked now.</param>
public sealed record SharingView(bool IsRead, IReadOnlyList<Sharer> Sharers)
{
    public static SharingView Unread { get; } = new(false, []);

    public bool AnyForeign => Sharers.Any(s => s.IsForeign);
}

/// <summary>The filters of an account, for <c>_Filters</c>.</summary>
/// <param name="To">The account's pages; null where nothing is offered.</param>
/// <param name="KeepsPage">This page can't be shown a second time, so the next one opens beside it.</param>
public sealed record FilterPanel(AccountRoutes? To, FilterView View, bool AllowsOutside, bool KeepsPage = false);
