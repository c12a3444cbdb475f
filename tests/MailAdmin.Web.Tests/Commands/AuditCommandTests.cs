using MailAdmin.Core.Audit;
using MailAdmin.Core.Data;
using MailAdmin.Web.Features.Audit;
using MailAdmin.Web.Features.Drift;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en")]
public sealed class AuditCommandTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_whole_table_ends_well_and_tells_where_its_chain_ends()
    {
        await _panel.AddDomainAsync();
        var head = (await _panel.Get<AuditVerifier>().HeadAsync())!.ToString();

        Assert.Equal(head, (await _panel.RunAsync("audit")).Ends(0).Output.Trim());
        var told = (await _panel.RunAsync("audit", "verify", "--noted", head, "--json")).Ends(0).Json;

        Assert.True((bool)told["whole"]!);
        Assert.Equal(head, (string?)told["head"]);
    }

    [Fact]
    public async Task An_edited_event_and_an_end_that_is_no_more_are_named()
    {
        await _panel.AddDomainAsync();
        await _panel.Get<MailDatabase>()
            .ExecuteWithoutAuditAsync(c => c.Database.ExecuteSqlRawAsync("""UPDATE "AuditEvents" SET "Subject" = 'x' WHERE "Id" = 1"""));

        var result = (await _panel.RunAsync("audit", "verify", "--noted", "4711:" + new string('a', 64))).Ends(1);

        Said.In(AuditTexts.FaultEdited, result.Output, 1);
        Said.In(AuditTexts.FaultRewritten, result.Output, 4711);
        Said.In(AuditTexts.Faults, result.Output, 2);
    }

    [Fact]
    public async Task What_is_no_noted_end_is_told_and_nothing_is_looked_at()
    {
        await _panel.AddDomainAsync();

        var result = (await _panel.RunAsync("audit", "verify", "--noted", "zut")).Ends(2);

        Said.In(AuditTexts.NotedMalformed, result.Error, "zut");
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Without_a_server_there_is_nothing_to_compare_with()
    {
        await _panel.AddDomainAsync();

        Said.In(DriftTexts.NoServers, (await _panel.RunAsync("drift")).Ends(2).Error);
    }
}
