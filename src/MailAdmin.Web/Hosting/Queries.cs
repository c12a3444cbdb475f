namespace MailAdmin.Web.Hosting;

/// <summary>Cleans the query string before anything reads it.</summary>
internal static class Queries
{
    private const string Nul = "%00";

    /// <summary>
    /// Removes NULs: in a search, a NUL ends SQLite's terms early, and the query fails. No value to search for contains one.
    /// </summary>
    public static void UseQueriesWithoutNul(this WebApplication app) => app.Use((context, next) =>
    {
        context.Request.QueryString = new QueryString(WithoutNul(context.Request.QueryString.Value));
        return next(context);
    });

    // Removing one may create another: %0%000.
    internal static string? WithoutNul(string? query)
    {
        while (query?.Contains(Nul, StringComparison.Ordinal) == true) query = query.Replace(Nul, "", StringComparison.Ordinal);
        return query;
    }
}
