using System.Security.Claims;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Web.Tests.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Web.Tests.Sessions;

/// <summary>A18: with a copy of the database, the second step's cookie was forged, and an admin signed in without a password.</summary>
public sealed class StolenDatabaseTests : IDisposable
{
    private readonly DirectoryInfo _copies = Directory.CreateTempSubdirectory("mailadmin-copy");
    private readonly PanelApplication _panel = new();

    public void Dispose()
    {
        _panel.Dispose();
        _copies.Delete(recursive: true);
    }

    [Fact]
    public async Task A_cookie_of_the_second_step_that_was_made_from_a_copy_of_the_database_opens_nothing()
    {
        await _panel.SignedInAsync();
        await _panel.ChangeAdminAsync("jens", admin => admin.TwoFactorEnabled = true);
        var admin = (await _panel.Get<SessionRepository>().FindAdminAsync("jens"))!;
        await using var thief = await ThiefAsync();

        Assert.StartsWith(
            "/sign-in/second-step", await PathWithAsync(Forge(_panel.Services.GetRequiredService<IDataProtectionProvider>(), admin)),
            StringComparison.Ordinal);
        Assert.Equal("/sign-in", await PathWithAsync(Forge(thief.GetRequiredService<IDataProtectionProvider>(), admin)));
    }

    private async Task<string> PathWithAsync(string cookie)
    {
        var client = _panel.CreateClient(new() { HandleCookies = false });
        client.DefaultRequestHeaders.Add("Cookie", "mailadmin.step=" + cookie);
        return (await new Browser(client, "fr").GetAsync("/sign-in/second-step")).Path;
    }

    // Makes the cookie as the panel does after a right password.
    private static string Forge(IDataProtectionProvider protection, Admin admin)
    {
        Claim[] claims = [new(ClaimTypes.NameIdentifier, $"{admin.Id}"), new("stamp", admin.SecurityStamp!)];
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "second-step")), "second-step");
        ticket.Properties.IssuedUtc = TimeProvider.System.GetUtcNow();
        ticket.Properties.ExpiresUtc = TimeProvider.System.GetUtcNow().AddMinutes(5);
        var protector = protection.CreateProtector(
            "Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware", "second-step", "v2");
        return new TicketDataFormat(protector).Protect(ticket);
    }

    // Reads the data protection keys from the rows of a copy, as any program can.
    private async Task<ServiceProvider> ThiefAsync()
    {
        var copy = Path.Combine(_copies.FullName, "copy.db");
        await using (var context = _panel.Get<MailDatabase>().Open()) await context.Database.ExecuteSqlAsync(
            $"VACUUM INTO {copy}", TestContext.Current.CancellationToken);
        var services = new ServiceCollection();
        var options = new DatabaseOptions
        {
            File = copy,
            StoreName = DomainName.Parse("store.lab.example"),
            StoreNextHop = "lmtp:unix:/nowhere"
        };
        services.AddMailAdminCore(options, new PasswordOptions { Cost = 4 });
        services.AddDataProtection().SetApplicationName("MailAdmin").PersistKeysToDbContext<MailContext>();
        return services.BuildServiceProvider();
    }
}
