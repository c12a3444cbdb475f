using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Data;
using MailAdmin.Core.Passwords;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.SecondFactors;

/// <summary>Recovery codes: <c>kfmt-7wpe-x3hq-dr9v</c>, 79 bits each. The database has only their hashes.</summary>
internal static class RecoveryCodes
{
    public const int Count = 8;

    /// <summary>Replaces the recovery codes by new ones, which can be shown only now.</summary>
    public static async Task<IReadOnlyList<string>> RenewAsync(MailContext context, long adminId)
    {
        await RemoveAsync(context, adminId);
        var codes = Enumerable.Range(0, Count).Select(_ => PasswordGenerator.Create()).ToList();
        context.AdminRecoveryCodes.AddRange(codes.Select(c => new AdminRecoveryCode { AdminId = adminId, Hash = HashOf(c) }));
        return codes;
    }

    public static Task RemoveAsync(MailContext context, long adminId) =>
        context.AdminRecoveryCodes.Where(c => c.AdminId == adminId).ExecuteDeleteAsync();

    /// <summary>Deletes the code if it exists, so that it works once.</summary>
    public static async Task<bool> TakeAsync(MailContext context, long adminId, string? code)
    {
        var hash = HashOf(code ?? "");
        return await context.AdminRecoveryCodes.Where(c => c.AdminId == adminId && c.Hash == hash).ExecuteDeleteAsync() == 1;
    }

    // Codes are copied from paper: in capitals, with spaces instead of hyphens, or without either.
    private static string HashOf(string code) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToLowerInvariant())));
}
