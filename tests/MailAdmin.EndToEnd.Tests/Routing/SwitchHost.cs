using System.Diagnostics;
using System.Text.Json;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Routing;

/// <summary>A domain for one test, whose mail goes to an old server or is delivered here.</summary>
internal sealed class SwitchHost(MailSandbox sandbox, PanelClient panel, string domain)
{
    private readonly Dictionary<string, MailUser> _users = new(StringComparer.Ordinal);

    /// <summary>Adds the domain on the panel's page. With an empty next hop, mail is delivered here from the start.</summary>
    public static async Task<SwitchHost> CreateAsync(
        MailSandbox sandbox, PanelClient panel, string domain, string nextHop, params string[] accounts)
    {
        await panel.SubmitAsync("/domains/new", ("Name", domain), ("Prefix", domain.Split('.')[0]), ("NextHop", nextHop));
        var host = new SwitchHost(sandbox, panel, domain);
        foreach (var account in accounts)
            host._users[account] = new(
                sandbox, (await panel.CreateAccountAsync(domain, account, OwnExample.Password)).Username, OwnExample.Password);
        await Eventually.HoldsAsync(
            async () => Assert.DoesNotContain("Pending", (await panel.GetAsync($"/domains/{domain}/accounts")).Text));
        return host;
    }

    public Task SwitchHereAsync() => panel.SubmitAsync($"/domains/{domain}/routing/change");

    public Task SwitchToAsync(OldServer server) =>
        panel.SubmitAsync($"/domains/{domain}/routing/change?nextHop={Uri.EscapeDataString(server.NextHop)}");

    /// <summary>Waits until the switch is over: the page says where mail goes, and no longer that the domain is being switched.</summary>
    public Task CompletedAsync(string state) => Eventually.HoldsAsync(
        async () =>
            Assert.Equal(state, (await panel.GetAsync($"/domains/{domain}/routing")).Document.QuerySelector(".chip")!.TextContent),
            TimeSpan.FromSeconds(60));

    /// <summary>Waits until Postfix itself knows the address.</summary>
    public Task AddressIsHereAsync(string localPart) => Eventually.HoldsAsync(
        async () => Assert.Contains("@store.sandbox.test", await Maps.LookUpAsync(sandbox, "virtual", $"{localPart}@{domain}")));

    public Task<IReadOnlyList<string>> InboxAsync(string account) => _users[account].SubjectsAsync();

    public Task<string> AnswerAsync(string localPart) => MailUser.RecipientAnswerAsync(sandbox, $"{localPart}@{domain}");

    /// <summary>The recipients of this domain in Postfix' queue.</summary>
    public async Task<IReadOnlyList<string>> WaitingAsync()
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                "/usr/sbin/postqueue", ["-c", sandbox.Postfix.ConfigurationPath, "-j"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true
            })!;
        var lines = await process.StandardOutput.ReadToEndAsync();
        var mail = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement);
        var recipients = mail.SelectMany(m => m.GetProperty("recipients").EnumerateArray())
            .Select(r => r.GetProperty("address").GetString()!);
        return [.. recipients.Where(r => r.EndsWith('@' + domain, StringComparison.Ordinal))];
    }
}
