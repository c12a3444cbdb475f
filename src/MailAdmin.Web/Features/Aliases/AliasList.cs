using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Aliases;

/// <summary>The list of a domain's aliases as it was when one was chosen from it: page, order and search.</summary>
internal static class AliasList
{
    /// <summary>As it was when an alias was chosen from it; its beginning when the alias was chosen elsewhere.</summary>
    public static string Of(MailDomain domain, string? back)
    {
        var list = Routes.Of(domain.Name).Aliases;
        return back == list || back?.StartsWith(list + "?", StringComparison.Ordinal) == true ? back : list;
    }
}
