using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace MailAdmin.Web.Features.Errors;

/// <summary>A form whose subject somebody deleted while it was being filled in.</summary>
/// <param name="Typed">What was typed, so that it is not lost.</param>
/// <param name="Deleted">The account that it was about, while it can be brought back; null for everything else.</param>
/// <param name="DeletedPath">Where it can be; null for whoever may not.</param>
public sealed record GoneForm(IReadOnlyList<string> Typed, DeletedAccount? Deleted, string? DeletedPath);

/// <summary>Saves what was typed from a form that came to nothing, and says where its account can be brought back.</summary>
public sealed class GoneForms(IAntiforgery antiforgery, AccountRepository accounts, CurrentDomain scope, CurrentAdmin current)
{
    // No secret is ever sent back; and these nobody typed.
    private static readonly string[] Never = ["Password", "Confirmation", "Token", "Ticket", "Stamp", "Version", "Code", "Secret", "Back",
        "Id"];

    /// <summary>Null where no form was sent from a page of the panel's.</summary>
    public async Task<GoneForm?> ReadAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType || current.SignedIn is null) return null;
        // Somebody else's page must not have the panel show what it likes.
        if (!await antiforgery.IsRequestValidAsync(context)) return null;
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        List<string> typed = [.. form.Where(f => !Never.Any(n => f.Key.Contains(n, StringComparison.OrdinalIgnoreCase)))
            .Select(f => f.Value.ToString()).Where(v => v.Length > 0)];
        var deleted = await DeletedAsync(context);
        return typed.Count == 0 && deleted is null
            ? null : new(
                typed, deleted, deleted is not null && current.May(Permission.EditMail)
                ? Routes.Of(scope.Domain!.Name).DeletedAccounts : null);
    }

    private async Task<DeletedAccount?> DeletedAsync(HttpContext context)
    {
        var path = context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath.Split('/');
        if (scope.Domain is not { } domain || path is not ["", "domains", _, "accounts", var username, ..]) return null;
        return (await accounts.ListDeletedAsync(domain.Id)).FirstOrDefault(a => a.Username.Value == username);
    }
}
