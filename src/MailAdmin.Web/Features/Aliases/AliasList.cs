using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Aliases;

/// <summary>The list of a domain's aliases with the page, order and search from which an alias was chosen.</summary>
internal static class AliasList
{
    /// <summary>The list as it was when the alias was chosen from it; its beginning if the alias was chosen elsewhere.</summary>
    public static string Of(MailDomain domain, string? back)
    {
        var list = Routes.Of(domain.Name).Aliases;
        return back == list || back?.StartsWith(list + "?", StringComparison.Ordinal) == true ? back : list;
    }
}
