using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Imports;

/// <summary>Imports lists as the page and the worker do.</summary>
internal static class ImportFixture
{
    public static async Task<Import> PreviewAsync(
        this CoreFixture core, string list, MailDomain? domain = null, Actor? actor = null, bool replaces = false) =>
        Value(await core.Get<ImportService>().PreviewAsync(
            new(Value(MailListParser.Read(list)), domain?.Id, "list.csv", replaces), actor ?? Actor.Panel));

    /// <summary>Starts the import and carries it out to its end.</summary>
    public static async Task<ImportTotals> CarryOutAsync(this CoreFixture core, Import import, Actor? actor = null)
    {
        Value(await core.Get<ImportService>().StartAsync(import.Id, actor ?? Actor.Panel));
        return await core.FinishAsync(import);
    }

    public static async Task<ImportTotals> FinishAsync(this CoreFixture core, Import import)
    {
        while (await StateAsync(core, import) == ImportState.Running) await core.Get<ImportSteps>().StepAsync(import.Id, default);
        return await core.Get<ImportRepository>().TotalsAsync(import.Id);
    }

    public static async Task<ImportTotals> ImportAsync(
        this CoreFixture core, string list, MailDomain? domain = null, Actor? actor = null, bool replaces = false) =>
        await core.CarryOutAsync(await core.PreviewAsync(list, domain, actor, replaces), actor);

    /// <summary>Each row's line, action and the codes of its problems.</summary>
    public static async Task<List<(int Line, ImportAction Action, string Problems)>> PlanAsync(this CoreFixture core, Import import)
    {
        var rows = await core.RowsAsync(import);
        return [.. rows.OrderBy(r => r.Line)
            .Select(r => (r.Line, r.Action, string.Join(' ', ImportJson.ProblemsOf(r.Problems).Select(p => p.Code))))];
    }

    public static async Task<List<ImportRow>> RowsAsync(this CoreFixture core, Import import)
    {
        await using var context = core.Database.Open();
        return await context.ImportRows.Where(r => r.ImportId == import.Id).OrderBy(r => r.Number).ToListAsync();
    }

    private static async Task<ImportState> StateAsync(CoreFixture core, Import import)
    {
        await using var context = core.Database.Open();
        return await context.Imports.Where(i => i.Id == import.Id).Select(i => i.State).SingleAsync();
    }
}
