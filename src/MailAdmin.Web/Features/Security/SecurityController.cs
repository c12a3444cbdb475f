using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Security;

/// <summary>The ticked roles that must have a second factor.</summary>
/// <param name="Version">The version of the hoster's settings that the page showed.</param>
public sealed record SecurityForm(long Version, bool Superusers, bool DomainAdmins, bool Support)
{
    public static SecurityForm Of(Hoster hoster) => new(
        hoster.Version, hoster.SecondFactorRoles.Include(AdminRole.Superuser), hoster.SecondFactorRoles.Include(AdminRole.DomainAdmin),
        hoster.SecondFactorRoles.Include(AdminRole.Support));

    public SecondFactorRoles Roles =>
        If(Superusers, SecondFactorRoles.Superusers) | If(DomainAdmins, SecondFactorRoles.DomainAdmins) | If(
            Support, SecondFactorRoles.Support);

    private static SecondFactorRoles If(bool isTicked, SecondFactorRoles role) => isTicked ? role : SecondFactorRoles.None;
}

/// <param name="Factors">The number of active admins of each role, and how many of them have a second factor.</param>
/// <param name="Set">The configured destination of postmaster@ and abuse@ in domains without them.</param>
/// <param name="Goes">Where that mail goes now; null if it reaches nobody.</param>
public sealed record SecurityPage(
    SecurityForm Form, IReadOnlyDictionary<AdminRole, (int With, int All)> Factors, SessionSettings Sessions, string? RoleAddress,
    string? SupportAddress, AddrSpec? Set, AddrSpec? Goes)
{
    /// <summary>A warning if that mail does not go to the configured destination.</summary>
    public string? RoleAddressWarning => (Set, Goes) switch
    {
        (null, null) => SecurityTexts.RoleAddressMissing,
        ({ } idle, null) => SecurityTexts.FormatRoleAddressNobody(idle.Display),
        ({ } idle, { } other) when idle.Value != other.Value => SecurityTexts.FormatRoleAddressIdle(idle.Display, other.Display),
        _ => null,
    };

    /// <summary>1 / 3</summary>
    public string CountOf(AdminRole role)
    {
        var (with, all) = Factors.GetValueOrDefault(role);
        return SecurityTexts.FormatHaveOne(with.Shown(), all.Shown());
    }
}

/// <summary>The superuser's requirements for signing in.</summary>
[Route("/security"), RequirePermission(Permission.RunPanel)]
public sealed class SecurityController(
    HosterRepository hosters, HosterService service, AdminRepository admins, ResolverRepository routes, PanelSettings settings,
    CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit()
    {
        await hosters.RefreshAsync(HttpContext.RequestAborted);
        return await ShowAsync(SecurityForm.Of(hosters.Current));
    }

    [HttpPost("")]
    public async Task<IActionResult> Update(SecurityForm form)
    {
        var result = await service.RequireSecondFactorAsync(form.Version, form.Roles, current.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await ShowAsync(form);
        }
        TempData.Notice(SecurityTexts.Saved);
        return RedirectToAction(nameof(Edit));
    }

    /// <summary>Sets the destination of postmaster@ and abuse@ in domains without them.</summary>
    [HttpPost("role-address")]
    public async Task<IActionResult> UpdateRoleAddress(long version, string? roleAddress)
    {
        AddrSpec? address = null;
        Result result = string.IsNullOrWhiteSpace(roleAddress) || AddrSpec.TryParse(roleAddress, out address, out var fault)
            ? await service.ChangeRoleAddressAsync(version, address, current.Actor, HttpContext.RequestAborted) : fault.At("RoleAddress");
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await ShowAsync(SecurityForm.Of(hosters.Current), roleAddress);
        }
        TempData.Notice(SecurityTexts.RoleAddressSaved);
        return RedirectToAction(nameof(Edit));
    }

    private async Task<IActionResult> ShowAsync(SecurityForm form, string? roleAddress = null)
    {
        var (set, support) = (hosters.Current.RoleAddress, hosters.Current.SupportAddress);
        var goes = await routes.RoleDestinationAsync(HttpContext.RequestAborted);
        var page = new SecurityPage(
            form, await admins.CountFactorsAsync(HttpContext.RequestAborted), settings.Sessions, roleAddress
            ?? set, support, AddrSpec.TryParse(set ?? support, out var isSet) ? isSet : null, goes);
        return View("Edit", page);
    }
}
