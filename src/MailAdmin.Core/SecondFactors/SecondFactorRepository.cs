using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.SecondFactors;

/// <param name="Id">The credential's id, in base64url.</param>
public sealed record PasskeyRow(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>The second factors of an admin.</summary>
/// <param name="AppSince">When their app was set up; null if there is none.</param>
public sealed record SecondFactorsOf(DateTimeOffset? AppSince, IReadOnlyList<PasskeyRow> Passkeys, int RecoveryCodes)
{
    public bool IsEmpty => AppSince is null && Passkeys.Count == 0;
}

/// <summary>Reads second factors, but never a secret.</summary>
public sealed class SecondFactorRepository(MailDatabase database)
{
    public async Task<SecondFactorsOf> FindAsync(long adminId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var app = await context.Users.Where(a => a.Id == adminId).Select(a => new
        {
            Since = context.AdminAuthenticators.Where(t => t.AdminId == a.Id).Select(t => (DateTimeOffset?)t.CreatedAt).FirstOrDefault(),
            Codes = context.AdminRecoveryCodes.Count(c => c.AdminId == a.Id),
        }).SingleOrDefaultAsync(cancellationToken);
        var passkeys = await context.UserPasskeys.Where(p => p.UserId == adminId).ToListAsync(cancellationToken);
        return new(
            app?.Since,
            [.. passkeys.OrderBy(p => p.Data.CreatedAt)
                .Select(p => new PasskeyRow(PasskeyIds.Write(p.CredentialId), p.Data.Name ?? "", p.Data.CreatedAt))], app?.Codes ?? 0);
    }
}

/// <summary>Credential ids in the form that pages use.</summary>
public static class PasskeyIds
{
    public static string Write(byte[] id) => System.Buffers.Text.Base64Url.EncodeToString(id);

    /// <summary>Empty if the text is not an id.</summary>
    public static byte[] Read(string? text) =>
        System.Buffers.Text.Base64Url.IsValid(text) ? System.Buffers.Text.Base64Url.DecodeFromChars(text) : [];
}
