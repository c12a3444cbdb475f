using MailAdmin.Core.Admins;
using MailAdmin.Core.Passwords;
using Microsoft.AspNetCore.Identity;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Gives Identity the panel's password hashes.</summary>
internal sealed class AdminPasswordHasher(PasswordHasher hasher) : IPasswordHasher<Admin>
{
    public string HashPassword(Admin user, string password) => hasher.Hash(password);

    public PasswordVerificationResult VerifyHashedPassword(Admin user, string hashedPassword, string providedPassword)
    {
        if (!PasswordHash.TryParse(hashedPassword, out var hash) || !hasher.Verify(providedPassword, hash))
            return PasswordVerificationResult.Failed;
        return hasher.NeedsRehash(hash) ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Success;
    }
}
