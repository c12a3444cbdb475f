using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace MailAdmin.Web.Features.Errors;

/// <summary>A form whose subject was deleted while the form was being filled in.</summary>
/// <param name="Typed">The typed values, so that they are not lost.</param>
/// <param name="Deleted">The account that the form was about, if it can be restored; null otherwise.</param>
/// <param name="DeletedPath">Where it can be restored; null if the admin may not do that.</param>
public sealed record GoneForm(IReadOnlyList<string> Typed, DeletedAccount? Deleted, string? DeletedPath);

/// <summary>Reads what was typed into a form that could not be processed, and tells where its account can be restored.</summary>
public sealed class GoneForms(IAntiforgery antiforgery, AccountRepository accounts, CurrentDomain scope, CurrentAdmin current)
{
    // Secrets are never sent back, and the others are not typed by a user.
    private static readonly string[] Never = ["Password", "Confirmation", "Token", "Ticket", "Stamp", "Version", "Code", "Secret", "Back",
        "Id"];

    /// <summary>Null if no form was submitted from a page of the panel.</summary>
    public async Task<GoneForm?> ReadAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType || current.SignedIn is null) return null;
        // Without this check, a page of another site could choose the text that the panel shows.
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
        return (await accounts.ListDeletedAsync(domain.Id, context.RequestAborted)).FirstOrDefault(a => a.Username.Value == username);
    }
}
