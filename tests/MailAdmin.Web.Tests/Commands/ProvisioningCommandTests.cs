using MailAdmin.Web.Tests.Provisioning;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Commands;

public sealed class ProvisioningCommandTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task What_a_server_refused_is_told_with_its_words_and_ends_with_1()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        Assert.Equal(1, (int)(await _panel.RunAsync("provisioning", "--json")).Ends(0).Json["pending"]!);
        await _panel.RefuseAsync("Rights: Permission denied");

        var told = (await _panel.RunAsync("provisioning", "--json")).Ends(1).Json;
        var shown = (await _panel.RunAsync("provisioning")).Ends(1).Output;

        var job = Assert.Single(told["jobs"]!.AsArray())!;
        Assert.Equal(("mailbox", "exemple0001", "exemple.be", "failed", "Rights: Permission denied", 3),
            ((string?)job["kind"], (string?)job["subject"], (string?)job["domain"], (string?)job["state"], (string?)job["error"],
                (int)job["attempts"]!));
        Assert.Contains("Rights: Permission denied", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_makes_jobs_due_and_is_recorded_as_done_by_the_command_line()
    {
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        await _panel.RefuseAsync("No");

        Assert.Equal(1, (int)(await _panel.RunAsync("provisioning", "retry", "--dry-run", "--json")).Ends(0).Json["retried"]!);
        Assert.True((await _panel.JobsAsync())[0].DueAt > TimeProvider.System.GetUtcNow());

        Assert.Equal(1, (int)(await _panel.RunAsync("provisioning", "retry", "--json")).Ends(0).Json["retried"]!);
        Assert.True((await _panel.JobsAsync())[0].DueAt <= TimeProvider.System.GetUtcNow());
        Assert.Equal(("jobs.retried", $"command line ({Environment.UserName})"), (await _panel.EventsAsync())[0]);

        (await _panel.RunAsync("provisioning", "retry", "987654")).Ends(1);
    }
}
