using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Core.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Hosters;

/// <summary>Changes the hoster's settings; only superusers may do this.</summary>
public sealed class HosterService(MailDatabase database, HosterRepository hosters)
{
    /// <summary>Maximum number of characters of the name.</summary>
    public const int MaxName = 60;

    /// <summary>Problems carry the fields Name, Webmail, TimeZone and UndeleteDays.</summary>
    /// <param name="version">The version of the settings that the page showed; 0 before the first.</param>
    public async Task<Result<Hoster>> ChangeAsync(
        long version, HosterSettings request, Actor actor, CancellationToken cancellationToken = default)
    {
        var name = string.IsNullOrWhiteSpace(request.Name) ? null : request.Name.Trim();
        List<Problem> problems = [];
        if (name is not null && (name.Length > MaxName || name.Any(char.IsControl))) problems.Add(HosterProblems.NameMalformed);
        if (request.Webmail is { } webmail && !IsHttps(webmail)) problems.Add(HosterProblems.WebmailMalformed);
        var zone = string.IsNullOrWhiteSpace(request.TimeZone) ? null : request.TimeZone.Trim();
        if (zone is not null && !HosterTime.IsZone(zone)) problems.Add(HosterProblems.TimeZoneUnknown(zone));
        if (request.UndeleteDays is < 1 or > Hoster.MaxUndeleteDays) problems.Add(HosterProblems.UndeleteDaysOutOfRange);
        if (problems.Count > 0) return problems;
        return await ChangeAsync(version, actor, (write, hoster) =>
        {
            var before = Recorded(hoster);
            (hoster.Name, hoster.SupportAddress, hoster.ServerNaming) = (name, request.SupportAddress?.Value, request.ServerNaming);
            (hoster.ImapHost, hoster.Pop3Host, hoster.SmtpHost) = (
                request.ImapHost?.Value, request.Pop3Host?.Value, request.SmtpHost?.Value);
            (hoster.WebmailUrl, hoster.TimeZone, hoster.UndeleteDays) = (request.Webmail?.AbsoluteUri, zone, request.UndeleteDays);
            hoster.AllowsAnyFrom = request.AllowsAnyFrom;
            write.Record("hoster.changed", null, "hoster", before, Recorded(hoster));
        }, cancellationToken);
    }

    /// <param name="logo">Null removes it.</param>
    public Task<Result<Hoster>> ChangeLogoAsync(Logo? logo, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(null, actor, (write, hoster) =>
    {
        var before = new { Type = hoster.LogoType, Octets = hoster.Logo?.Length };
        (hoster.Logo, hoster.LogoType) = (logo?.Content, logo?.Type);
        write.Record("hoster.logo-changed", null, "hoster", before, new { Type = hoster.LogoType, Octets = hoster.Logo?.Length });
    }, cancellationToken);

    /// <summary>
    /// Sets the roles whose admins have to have a second factor; an admin without one has to set it up at their next page.
    /// </summary>
    /// <param name="version">The version of the settings that the page showed; 0 before the first.</param>
    public Task<Result<Hoster>> RequireSecondFactorAsync(
        long version, SecondFactorRoles roles, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(version, actor, (write, hoster) =>
    {
        write.Record(
            "hoster.second-factor-required", null, "hoster", new { Of = hoster.SecondFactorRoles.ToString() },
            new { Of = roles.ToString() });
        hoster.SecondFactorRoles = roles;
    }, cancellationToken);

    /// <summary>
    /// Sets the address for postmaster@ and abuse@ of domains that do not have them; null means the support address. Problems carry the
    /// field RoleAddress.
    /// </summary>
    /// <param name="version">The version of the settings that the page showed; 0 before the first.</param>
    public async Task<Result<Hoster>> ChangeRoleAddressAsync(
        long version, AddrSpec? address, Actor actor, CancellationToken cancellationToken = default)
    {
        if (address is not null
            && await IsNobodyHereAsync(address, cancellationToken)) return HosterProblems.RoleAddressUnknown(address.Display);
        return await ChangeAsync(version, actor, (write, hoster) =>
        {
            write.Record("hoster.role-address-changed", null, "hoster", new { hoster.RoleAddress }, new { RoleAddress = address?.Value });
            hoster.RoleAddress = address?.Value;
        }, cancellationToken);
    }

    // An address under a hosted name has to exist, because mail to one that does not exist would bounce.
    private async Task<bool> IsNobodyHereAsync(AddrSpec address, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        if (context.Host.IsNobody(address)) return true;
        var domain = address.Domain;
        var host = await context.Domains.Where(d => d.Name == domain || d.Aliases.Any(a => a.Name == domain))
            .Select(d => new { d.Id, d.Routing }).SingleOrDefaultAsync(cancellationToken);
        if (host is not { Routing: DomainRouting.Local }) return false;
        return !LocalPart.TryParse(address.Untagged, out var part, out _)
            || !await context.Addresses.AnyAsync(a => a.DomainId == host.Id && a.LocalPart == part, cancellationToken);
    }

    private async Task<Result<Hoster>> ChangeAsync(
        long? version, Actor actor, Action<MailWrite, Hoster> change, CancellationToken cancellationToken)
    {
        var result = await database.WriteAsync<Result<Hoster>>(actor, async write =>
        {
            await AdminRules.RequireSuperuserAsync(write);
            var hoster = await write.Context.Hosters.SingleOrDefaultAsync(cancellationToken);
            if (version is not null && version != (hoster?.Version ?? 0)) return HosterProblems.ChangedMeanwhile;
            if (hoster is null) write.Context.Hosters.Add(hoster = new());
            change(write, hoster);
            return hoster;
        }, cancellationToken);
        // The change is made, and every page has to see it.
        if (result.Succeeded) await hosters.RefreshAsync(CancellationToken.None);
        return result;
    }

    private static bool IsHttps(Uri uri) => uri is { IsAbsoluteUri: true, UserInfo: "" } && uri.Scheme == Uri.UriSchemeHttps;

    private static object Recorded(Hoster hoster) => new
    {
        hoster.Name,
        hoster.SupportAddress,
        hoster.ServerNaming,
        hoster.ImapHost,
        hoster.Pop3Host,
        hoster.SmtpHost,
        hoster.WebmailUrl,
        hoster.TimeZone,
        hoster.UndeleteDays,
        hoster.AllowsAnyFrom,
    };
}
