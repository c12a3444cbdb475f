using System.Security.Cryptography;

namespace MailAdmin.Sandbox.Cyrus;

/// <summary>The password with which the panel administers Cyrus: created once, and stored in a file that the panel reads.</summary>
internal static class CyrusAdmin
{
    private const int Length = 24;
    private const string Letters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public static SignIn Ensure(SandboxFolder folder)
    {
        if (!File.Exists(folder.CyrusAdminSecret))
            FileModes.WritePrivate(folder.CyrusAdminSecret, RandomNumberGenerator.GetString(Letters, Length));
        return new SignIn(CyrusConfiguration.AdminUser, File.ReadAllText(folder.CyrusAdminSecret).Trim());
    }
}
