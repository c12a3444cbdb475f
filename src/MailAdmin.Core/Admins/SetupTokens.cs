using System.Text;
using MailAdmin.Core.Data;
using MailAdmin.Core.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>
/// The token of the link that creates the first superuser. It is derived from the panel's key and the database's id, so that every process
/// of this installation knows it, a restart does not change it, and nothing stores it (docs/decisions/0040).
/// </summary>
public sealed class SetupTokens(PanelKey key, MailDatabase database)
{
    private const string Purpose = "MailAdmin.SetUp";
    private const int TokenOctets = 16;

    /// <returns>32 lower-case hexadecimal digits.</returns>
    public async Task<string> ReadAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var id = await context.ChangeCounters.Select(c => c.DatabaseId).SingleAsync(cancellationToken);
        return Convert.ToHexStringLower(key.DeriveFor($"{Purpose}.{id}").AsSpan(..TokenOctets));
    }
}
