using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Features.Setup;

internal static class SetupServices
{
    private static readonly string[] OpenPaths = [Routes.SetUp, "/health", Routes.Language, Routes.Errors, "/css", "/js"];

    public static void AddSetup(this IServiceCollection services) => services.AddSingleton<SetupGate>();

    /// <summary>
    /// Prints the link once the panel is listening; until it has been used, every page redirects to the one that tells where to find it. In
    /// the journal stands only the command that prints the link: more people read the journal than may become superuser.
    /// </summary>
    public static void UseSetup(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<SetupGate>();
        if (!door.IsOpen) return;
        app.Lifetime.ApplicationStarted.Register(() => Print(app, door));
        app.Use(async (context, next) =>
        {
            var isOpen = OpenPaths.Any(p => context.Request.Path.StartsWithSegments(p, StringComparison.Ordinal));
            if (isOpen || !await door.StaysOpenAsync()) await next(context);
            else context.Response.Redirect(Routes.SetUp);
        });
    }

    private static void Print(WebApplication app, SetupGate door)
    {
        if (ServiceManager.IsPresent)
        {
            Console.Out.WriteLine("First-run set-up: the command 'mailadmin setup-link' prints the link.");
            return;
        }
        var url = app.Services.GetRequiredService<PanelSettings>().PublicUrl?.ToString() ?? app.Urls.FirstOrDefault();
        if (url is null) return;
        Console.Out.WriteLine($"First-run set-up: {url.TrimEnd('/')}{door.Path}");
        Console.Out.Flush();
    }
}
