using MailAdmin.Sandbox.Packages;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(MailAdmin.EndToEnd.Tests.Shared.Chromium))]

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>
/// Debian's chromium. It is installed if it is missing, and started once for all tests that need it. Each test has a context of its own,
/// with its own cookies and language.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Path = "/usr/bin/chromium";

    private static readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> Started = new(StartAsync);

    /// <summary>Creates a browser context that no site knows yet. The caller closes it.</summary>
    internal static async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) =>
        await (await Started.Value).Browser.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        if (!Started.IsValueCreated) return;
        var (driver, browser) = await Started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        await new DebianPackages(["chromium", "fonts-liberation"])
            .EnsureAsync(Environment.IsPrivilegedProcess, _ => { }, CancellationToken.None);
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return (driver, browser);
    }
}
