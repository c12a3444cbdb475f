using MailAdmin.Web.Features.Domains;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Shared;

/// <param name="Domain">The domain in A-labels, for links.</param>
/// <param name="Accounts">7 / 10, or only the number if there is no maximum.</param>
public sealed record SideBar(string? Domain, string? Title, string Accounts, string Aliases);

/// <summary>The side bar: the current domain's lists with their counts.</summary>
public sealed class SideBarViewComponent(CurrentDomain current) : ViewComponent
{
    public IViewComponentResult Invoke()
    {
        if (current.Domain is not { } domain) return View(new SideBar(null, null, "", ""));
        var count = domain.AccountCount.Shown();
        var accounts = domain.MaxAccounts is { } max ? $"{count} / {max.Shown()}" : count;
        return View(new SideBar(domain.Name.Value, domain.Name.Display, accounts, current.AliasCount.Shown()));
    }
}
