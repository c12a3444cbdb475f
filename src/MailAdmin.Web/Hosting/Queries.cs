namespace MailAdmin.Web.Hosting;

/// <summary>What no address of ours has a use for, taken out of the query before anything reads it.</summary>
internal static class Queries
{
    private const string Nul = "%00";

    /// <summary>A NUL in a search ends SQLite's terms early and fails. Nothing that is looked for holds one.</summary>
    public static void UseQueriesWithoutNul(this WebApplication app) => app.Use((context, next) =>
    {
        context.Request.QueryString = new QueryString(WithoutNul(context.Request.QueryString.Value));
        return next(context);
    });

    // What is left may make a new one: %0%000.
    internal static string? WithoutNul(string? query)
    {
        while (query?.Contains(Nul, StringComparison.Ordinal) == true) query = query.Replace(Nul, "", StringComparison.Ordinal);
        return query;
    }
}
