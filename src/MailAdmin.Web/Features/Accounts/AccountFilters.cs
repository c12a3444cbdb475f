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
/// Reads the actions of an account's own script, and the rights that its owner has given to others, from the mail server while the page is
/// rendered.
/// </summary>
public sealed class AccountFilters(ScriptAddresses addresses, RightsHolders holders, IMailServer server)
{
    private const int MostTraced = 5;

    /// <summary>The longest wait for the server; half a second for a page.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Null if there is no server, or no mailbox yet.</summary>
    public async Task<FilterView?> FiltersAsync(Username username, bool isReady, CancellationToken cancellationToken)
    {
        if (!server.IsThere || !isReady) return null;
        if (await server.ActiveScriptAsync(username, Timeout, cancellationToken) is not { } script) return FilterView.Unread;
        var named = script.Summary.Redirects.Select(r => r.Address).Concat(script.Summary.Senders).OfType<string>();
        return new(script, await addresses.FindAsync(username, named, cancellationToken));
    }

    /// <summary>The filters of the accounts whose mailbox gets the mail; of the first few only, since each needs a sign-in.</summary>
    public async Task<IReadOnlyList<TracedFilters>> OfAsync(IEnumerable<ResolutionStep> steps, CancellationToken cancellationToken)
    {
        var usernames = steps.Where(s => s.Kind is StepKind.Mailbox or StepKind.CopyKept).Select(s => s.Link?.Username).OfType<string>()
            .Distinct(StringComparer.Ordinal).Take(MostTraced);
        var read = usernames.Select(async u => (Username: u, View: await FiltersAsync(Username.Parse(u), true, cancellationToken)));
        return [.. (await Task.WhenAll(read)).Where(r => r.View is not null).Select(r => new TracedFilters(r.Username, r.View!))];
    }

    /// <summary>Null if there is no server, or no mailbox yet.</summary>
    public async Task<SharingView?> SharingAsync(AccountRow account, MailDomain domain, CancellationToken cancellationToken)
    {
        if (!server.IsThere || !account.MailboxReady) return null;
        if (await server.RightsAsync(account.Username, Timeout, cancellationToken) is not { } rights) return SharingView.Unread;
        var domains = await holders.DomainsAsync(rights.Select(r => r.Identifier), cancellationToken);
        return new(
            true, [.. rights.GroupBy(r => r.Identifier, StringComparer.Ordinal)
                .Select(g => new Sharer(g.Key, RightsHolders.Of(g.Key, domain.Name, domains), [.. g]))]);
    }
}

/// <param name="Script">Null if it can't be read now.</param>
/// <param name="Known">What is known about the addresses in the script.</param>
public sealed record FilterView(ActiveScript? Script, IReadOnlyDictionary<string, ScriptAddress> Known)
{
    public static FilterView Unread { get; } = new(null, new Dictionary<string, ScriptAddress>(StringComparer.Ordinal));

    public bool IsNone => Script is { Name: null, Summary.IsHarmless: true };

    /// <summary>Whether the script does anything that can be set aside.</summary>
    public bool IsActing => Script is { Summary.IsHarmless: false };

    public bool SendsOutside => Redirects.Any(r => IsOutside(r.Address));

    public IReadOnlyList<ScriptRedirect> Redirects => Script?.Summary.Redirects ?? [];

    /// <summary>The From addresses of its answers that are not the account's.</summary>
    public IEnumerable<string?> ForeignSenders => Script?.Summary.Senders.Where(s => s is null || Of(s) is not { MaySend: true }) ?? [];

    public bool IsOutside(string? address) => address is null || Of(address) is not { IsHere: true };

    /// <summary>Whether the redirect leads back to the account: the message comes back and is then dropped as a duplicate.</summary>
    public bool IsLoop(ScriptRedirect redirect) => !redirect.KeepsCopy && redirect.Address is { } address && Of(address) is { IsOwn: true };

    private ScriptAddress? Of(string address) => Known.GetValueOrDefault(address);
}

/// <param name="Identifier">As in the access control list.</param>
/// <param name="Rights">The rights, folder by folder.</param>
public sealed record Sharer(string Identifier, RightsHolder Holder, IReadOnlyList<FolderRight> Rights)
{
    public bool IsForeign => Holder != RightsHolder.Colleague;
}

/// <param name="IsRead">False if the server can't be asked now.</param>
public sealed record SharingView(bool IsRead, IReadOnlyList<Sharer> Sharers)
{
    public static SharingView Unread { get; } = new(false, []);

    public bool AnyForeign => Sharers.Any(s => s.IsForeign);
}

/// <summary>The model of <c>_Filters</c>: the filters of an account.</summary>
/// <param name="To">The account's pages; null if the panel offers no actions.</param>
/// <param name="KeepsPage">The current page can't be shown a second time, so links open in a new tab.</param>
public sealed record FilterPanel(AccountRoutes? To, FilterView View, bool AllowsOutside, bool KeepsPage = false);
