using MailAdmin.Core.Admins;
using MailAdmin.Core.Imports;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Imports;

/// <summary>Lists of several domains, for superusers.</summary>
[Route("/import"), RequirePermission(Permission.EditDomains)]
public sealed class ImportsController(
    ImportService service, ImportRepository imports, ImportPasswords passwords, PanelSettings settings, CurrentDomain domain,
    CurrentAdmin current) : ImportPagesController(service, imports, passwords, settings, domain, current);
