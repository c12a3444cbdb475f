using MailAdmin.Core.Domains;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Aliases;

/// <summary>The list of a domain's aliases as it was when one was chosen from it: page, order and search.</summary>
internal static class AliasList
{
    /// <param name="back">As a link carried it along; what leads elsewhere is not followed.</param>
    /// <returns>Null where nothing was carried along.</returns>
    public static string? Of(IUrlHelper url, MailDomain domain, string? back) =>
        back is not null && url.IsLocalUrl(back) && back.StartsWith(PathOf(domain), StringComparison.Ordinal) ? back : null;

    public static string PathOf(MailDomain domain) => $"/domains/{domain.Name}/aliases";
}
