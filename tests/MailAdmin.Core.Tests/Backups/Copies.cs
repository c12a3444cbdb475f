using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;

namespace MailAdmin.Core.Tests.Backups;

/// <summary>A second database, as a panel that went on after the backup has it.</summary>
internal static class Copies
{
    public static async Task<DatabaseCopy> CopyAsync(this CoreFixture core)
    {
        var options = core.Get<DatabaseOptions>();
        var file = Path.Combine(Path.GetDirectoryName(core.File)!, "went-on.db");
        await core.Get<IDatabaseProvider>().CopyToAsync(file, TestContext.Current.CancellationToken);
        return new(options, file, options.SecretKeyFile);
    }
}
