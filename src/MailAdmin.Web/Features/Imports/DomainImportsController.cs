using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Imports;

/// <summary>Lists for one domain.</summary>
[Route("/domains/{domain}/import"), RequirePermission(Permission.EditMail)]
public sealed class DomainImportsController(
    ImportService service, ImportRepository imports, ImportPasswords passwords, MailListExport export, PanelSettings settings,
    CurrentDomain domain, CurrentAdmin current) : ImportPagesController(service, imports, passwords, settings, domain, current)
{
    /// <summary>The domain's accounts and aliases in the form that an import reads.</summary>
    [HttpGet("/domains/{domain}/export")]
    public IActionResult Export(MailDomain domain) => new MailListResult(export, [domain], domain.Name.Value);
}
