using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Setup;

/// <summary>
/// The only way in while no admin exists: a link with a secret token, which whoever runs the server prints (<c>mailadmin setup-link</c>).
/// It closes permanently with the first admin.
/// </summary>
public sealed class SetupGate(AdminService admins, SetupTokens tokens)
{
    private volatile string? _token;

    public bool IsOpen => _token is not null;

    /// <summary>Path of the set-up page, or null if there is an admin.</summary>
    public string? Path => _token is { } token ? $"{Routes.SetUp}/{token}" : null;

    public async Task OpenIfNeededAsync()
    {
        if (await admins.NoneExistsAsync()) _token = await tokens.ReadAsync();
    }

    public void Close() => _token = null;

    /// <summary>
    /// Closes the gate if another process has created an admin meanwhile (<c>mailadmin admin create</c>); returns whether it is still open.
    /// </summary>
    public async Task<bool> StaysOpenAsync()
    {
        if (IsOpen && !await admins.NoneExistsAsync()) Close();
        return IsOpen;
    }

    /// <summary>Compares the token in constant time.</summary>
    public bool Takes(string? token) =>
        _token is { } right && token is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(token));
}
