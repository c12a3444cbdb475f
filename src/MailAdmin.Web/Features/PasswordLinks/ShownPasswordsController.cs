using MailAdmin.Core.Hosters;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MailAdmin.Web.Features.PasswordLinks;

/// <param name="State">Waiting, or why it shows nothing any more.</param>
public sealed record OneTimePage(PasswordLinkState State, DateTimeOffset? EndedAt);

/// <param name="Address">The official one.</param>
public sealed record ShownPasswordPage(ShownPassword Shown, string Address, Hoster Hoster, ClientHosts Hosts);

/// <summary>
/// Where a one-time link leads, for somebody without an account here: opening it shows a button, and only that shows and burns the
/// password, so that no preview of a link burns it.
/// </summary>
[Route("/password-link/{token}"), AllowAnonymous]
public sealed class ShownPasswordsController(
    PasswordLinkService service, PasswordLinkRepository links, ClientHostsReader hosts, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Show(string token) =>
        await links.FindAsync(token) is { } link ? View("Show", new OneTimePage(link.State, link.EndedAt)) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Create(string token, string? key)
    {
        if (await links.FindAsync(token) is not { } link) return NotFound();
        var result = await service.ShowAsync(token, key, current.RemoteAddress);
        if (result.Succeeded) return View("Password", PageOf(result.Value));
        ModelState.AddProblems(result.Problems);
        return View("Show", new OneTimePage(link.State, link.EndedAt));
    }

    // In no search engine. The panel's own policy keeps its address from other servers.
    public override void OnActionExecuting(ActionExecutingContext context) =>
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";

    /// <summary>The language that the admin chose for its reader; they may switch to another.</summary>
    internal static async Task<string?> LanguageOfAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Routes.ShownPasswords, StringComparison.OrdinalIgnoreCase, out var rest)
            || !rest.HasValue) return null;
        return (await context.RequestServices.GetRequiredService<PasswordLinkRepository>().FindAsync(rest.Value!.Trim('/')))?.Language;
    }

    private ShownPasswordPage PageOf(ShownPassword shown)
    {
        var (hoster, names) = hosts.Of(shown.Domain);
        return new(shown, AccountText.AddressOf(shown.Account, shown.Domain), hoster, names);
    }
}
