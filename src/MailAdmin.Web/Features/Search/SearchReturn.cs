using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace MailAdmin.Web.Features.Search;

/// <summary>The search results that the reader came from, if the <see cref="ReturnPath"/> leads there.</summary>
/// <param name="Path">Includes the kind and the part of the results that were shown.</param>
public sealed record SearchReturn(string Path, string Sought)
{
    public static SearchReturn? Of(HttpRequest request)
    {
        if (ReturnPath.Of(request) is not { } path || !path.StartsWith(Routes.Search + "?", StringComparison.Ordinal)) return null;
        return QueryHelpers.ParseQuery(path[Routes.Search.Length..]).TryGetValue("q", out var sought) ? new(path, sought.ToString()) : null;
    }

    public static string ToResults(string sought) => Routes.Search + QueryString.Create("q", sought);
}
