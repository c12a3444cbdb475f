using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace MailAdmin.Web.Features.Shared;

/// <summary>
/// Passes a generated password to the only page that shows it. It is in the encrypted cookie of notices, not in the database: it is shown
/// once, to the admin who requested it, within minutes, and can't be found later.
/// </summary>
public sealed class PasswordHandover(CurrentAdmin current, TimeProvider clock)
{
    private const string Key = "password";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private string Admin => current.Admin.Id.ToString(CultureInfo.InvariantCulture);

    public void Store(ITempDataDictionary data, Username username, string password) =>
        data[Key] = new[] { Admin, username.Value, (clock.GetUtcNow() + Lifetime).UtcTicks.ToString(CultureInfo.InvariantCulture),
            password };

    /// <summary>Returns the password of this account and removes it, or null.</summary>
    public string? Consume(ITempDataDictionary data, Username username)
    {
        if (data.Peek(Key) is not string[] { Length: 4 } kept || kept[1] != username.Value) return null;
        data.Remove(Key);
        var isStillGood = kept[0] == Admin && long.Parse(kept[2], CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks;
        return isStillGood ? kept[3] : null;
    }
}
