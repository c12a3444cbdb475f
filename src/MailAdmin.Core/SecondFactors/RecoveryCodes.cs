using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Data;
using MailAdmin.Core.Passwords;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.SecondFactors;

/// <summary>Recovery codes: <c>kfmt-7wpe-x3hq-dr9v</c>, 79 bits each. The database holds their hashes.</summary>
internal static class RecoveryCodes
{
    public const int Count = 8;

    /// <summary>New ones in place of those before; they are never to be seen again.</summary>
    public static async Task<IReadOnlyList<string>> RenewAsync(MailContext context, long adminId)
    {
        await RemoveAsync(context, adminId);
        var codes = Enumerable.Range(0, Count).Select(_ => PasswordGenerator.Create()).ToList();
        context.AdminRecoveryCodes.AddRange(codes.Select(c => new AdminRecoveryCode { AdminId = adminId, Hash = HashOf(c) }));
        return codes;
    }

    public static Task RemoveAsync(MailContext context, long adminId) =>
        context.AdminRecoveryCodes.Where(c => c.AdminId == adminId).ExecuteDeleteAsync();

    /// <summary>Takes the code out, so that it counts once.</summary>
    public static async Task<bool> TakeAsync(MailContext context, long adminId, string? code)
    {
        var hash = HashOf(code ?? "");
        return await context.AdminRecoveryCodes.Where(c => c.AdminId == adminId && c.Hash == hash).ExecuteDeleteAsync() == 1;
    }

    // Typed from paper: in capitals, with spaces for hyphens or none.
    private static string HashOf(string code) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToLowerInvariant())));
}
