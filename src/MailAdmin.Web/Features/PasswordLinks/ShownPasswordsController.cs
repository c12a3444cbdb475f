using MailAdmin.Core.Hosters;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace MailAdmin.Web.Features.PasswordLinks;

/// <param name="State">Waiting, or the reason why the link no longer shows a password.</param>
public sealed record OneTimePage(PasswordLinkState State, DateTimeOffset? EndedAt);

/// <param name="Address">The official address.</param>
public sealed record ShownPasswordPage(ShownPassword Shown, string Address, Hoster Hoster, ClientHosts Hosts);

/// <summary>
/// The page of a one-time link, for a person without an account in the panel. It shows a button, and only the button shows and destroys the
/// password, so that a link preview does not use the link up.
/// </summary>
[Route("/password-link/{token}"), AllowAnonymous]
public sealed class ShownPasswordsController(
    PasswordLinkService service, PasswordLinkRepository links, ClientHostsReader hosts, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Show(string token) =>
        await links.FindAsync(token, HttpContext.RequestAborted) is { } link ? View(
            "Show", new OneTimePage(link.State, link.EndedAt)) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Create(string token, string? key)
    {
        if (await links.FindAsync(token, HttpContext.RequestAborted) is not { } link) return NotFound();
        var result = await service.ShowAsync(token, key, current.RemoteAddress);
        if (result.Succeeded) return View("Password", PageOf(result.Value));
        ModelState.AddProblems(result.Problems);
        return View("Show", new OneTimePage(link.State, link.EndedAt));
    }

    // Keep search engines away. The panel's Referrer-Policy keeps the link's URL from other servers.
    public override void OnActionExecuting(ActionExecutingContext context) =>
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";

    /// <summary>The language that the admin chose for the reader, who may switch to another.</summary>
    internal static async Task<string?> LanguageOfAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Routes.ShownPasswords, StringComparison.OrdinalIgnoreCase, out var rest)
            || !rest.HasValue) return null;
        var links = context.RequestServices.GetRequiredService<PasswordLinkRepository>();
        return (await links.FindAsync(rest.Value!.Trim('/'), context.RequestAborted))?.Language;
    }

    private ShownPasswordPage PageOf(ShownPassword shown)
    {
        var (hoster, names) = hosts.Of(shown.Domain);
        return new(shown, AccountText.AddressOf(shown.Account, shown.Domain), hoster, names);
    }
}
