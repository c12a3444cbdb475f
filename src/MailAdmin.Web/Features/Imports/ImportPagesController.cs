using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Imports;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Imports;

/// <summary>Lists of accounts and aliases: upload, preview, progress, and the passwords that were generated.</summary>
public abstract class ImportPagesController(
    ImportService service, ImportRepository imports, ImportPasswords passwords, PanelSettings settings, CurrentDomain domain,
    CurrentAdmin current) : Controller
{
    private MailDomain? Domain => domain.Domain;

    private CancellationToken Gone => HttpContext.RequestAborted;

    private ImportRoutes To => Routes.Import(Domain?.Name);

    [HttpGet("")]
    public Task<IActionResult> Index() => NewAsync(new(null, null, false));

    [HttpPost("")]
    public async Task<IActionResult> Create(ImportForm form)
    {
        var list = await ReadAsync(form);
        var result = list.Succeeded
            ? await service.PreviewAsync(new(list.Value, Domain?.Id, form.File?.FileName, form.Passwords), current.Actor, Gone)
            : list.Problems.ToList();
        if (result.Succeeded) return Redirect(To.Show(result.Value.Id));
        ModelState.AddProblems(AtTheirField(form, result.Problems));
        return await NewAsync(form);
    }

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(long id, ImportQuery query)
    {
        if (await FindAsync(id) is not var (import, totals)) return NotFound();
        var rows = await imports.RowsAsync(id, query.Filter, totals, query.From, query.SizeOr(current.Admin.PageSize), Gone);
        return View(new ImportPage(Domain, import, totals, rows, query.Filter, query));
    }

    [HttpPost("{id:long}/start")]
    public async Task<IActionResult> Start(long id)
    {
        if (await FindAsync(id) is null) return NotFound();
        var result = await service.StartAsync(id, current.Actor, Gone);
        if (!result.Succeeded) TempData.Notice(Problems.TextOf(result.Problems[0]), NoticeKind.Warning);
        return Redirect(To.Show(id));
    }

    [HttpPost("{id:long}/discard")]
    public async Task<IActionResult> Discard(long id)
    {
        if (await FindAsync(id) is null) return NotFound();
        var result = await service.DiscardAsync(id, current.Actor, Gone);
        if (result.Succeeded) TempData.Notice(ImportTexts.Discarded);
        else TempData.Notice(Problems.TextOf(result.Problems[0]), NoticeKind.Warning);
        return Redirect(result.Succeeded ? To.Index : To.Show(id));
    }

    /// <summary>The wrong and refused rows as CSV, with their reasons in a column of their own.</summary>
    [HttpGet("{id:long}/wrong")]
    public async Task<IActionResult> Wrong(long id)
    {
        if (await FindAsync(id) is null) return NotFound();
        return new WrongRowsResult(await imports.WrongAsync(id, Gone));
    }

    /// <summary>Shows the generated passwords once, as sheets to be printed.</summary>
    [HttpPost("{id:long}/passwords")]
    public async Task<IActionResult> Sheets(long id)
    {
        if (await FindAsync(id) is null) return NotFound();
        var taken = await passwords.TakeAsync(id, current.Actor, Gone);
        return taken.Succeeded ? View(new ImportSheetsPage(Domain, id, taken.Value)) : NotFound();
    }

    /// <summary>Makes a one-time link for each generated password.</summary>
    [HttpPost("{id:long}/links")]
    public async Task<IActionResult> Links(long id, ImportLinksForm form)
    {
        if (await FindAsync(id) is null) return NotFound();
        // The Host header can be forged: a link to another host would hand the password over to it.
        if (settings.PublicUrl is not { } panel) return Refused(id, PasswordLinkProblems.AddressUnknown);
        var language = PanelLanguages.Find(form.Language)?.Name ?? PanelLanguages.All[0].Name;
        var made = await passwords.MakeLinksAsync(id, form.Hours ?? 0, language, current.Actor, Gone);
        if (!made.Succeeded) return Refused(id, made.Problems[0]);
        var links = made.Value.Select(l => (l, new Uri(panel, $"{Routes.ShownPasswords}/{l.Link.Id}#{l.Link.Key}"))).ToList();
        return View(new ImportLinksPage(Domain, id, links));
    }

    private RedirectResult Refused(long id, Problem problem)
    {
        TempData.Notice(Problems.TextOf(problem), NoticeKind.Warning);
        return Redirect(To.Show(id));
    }

    private Task<(Import Import, ImportTotals Totals)?> FindAsync(long id) => imports.FindAsync(id, Domain?.Id, current.Actor, Gone);

    private async Task<IActionResult> NewAsync(ImportForm form) =>
        View("Index", new NewImportPage(Domain, await imports.LatestAsync(Domain?.Id, Gone), form));

    // What is wrong with a list is told beside the field that it came from.
    private static IEnumerable<Problem> AtTheirField(ImportForm form, IEnumerable<Problem> problems) =>
        form.File is { Length: > 0 } || string.IsNullOrWhiteSpace(form.Text)
            ? problems : problems.Select(p => p.Field == nameof(form.File) ? p.At(nameof(form.Text)) : p);

    // One octet more than allowed is enough to refuse the file.
    private static async Task<Result<MailList>> ReadAsync(ImportForm form)
    {
        if (form.File is not { Length: > 0 } file) return MailListParser.Read(form.Text ?? "");
        var octets = new byte[Math.Min(file.Length, (MailListParser.MaxMiB * 1024 * 1024) + 1)];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(octets);
        return MailListParser.Read(octets);
    }
}
