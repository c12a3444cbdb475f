using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Commands;

/// <summary>One run of a command: its arguments, the panel's services, who asks, and where to report.</summary>
internal sealed record CommandRun(
    ParseResult Arguments, IServiceProvider Services, CommandOutput Output, CancellationToken CancellationToken)
{
    /// <summary>Whoever may read the settings file may do everything; the record names their Unix user.</summary>
    public Actor Actor { get; } = new(null, $"command line ({UnixUser()})", AdminRole.Superuser, null, null);

    /// <summary>Show what would be changed, and change nothing.</summary>
    public bool IsDryRun => Arguments.GetValue(CommandOptions.DryRun);

    /// <summary>Makes the change; in a dry run it is refused where it would be refused, and changes nothing.</summary>
    public async Task<Result<T>> CarryOutAsync<T>(PlannedChange<T> change) =>
        IsDryRun ? (await change.DryRunAsync(CancellationToken)).Result : await change.MakeAsync();

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The hoster's time zone. The doctor runs without a database too: then it is this machine's.</summary>
    public async Task<TimeZoneInfo> ZoneAsync()
    {
        var hosters = Get<HosterRepository>();
        try
        {
            await hosters.RefreshAsync(CancellationToken);
        }
        catch (System.Data.Common.DbException)
        {
            return TimeZoneInfo.Local;
        }
        return HosterTime.ZoneOf(hosters.Current.TimeZone);
    }

    // Who went through sudo is named too.
    private static string UnixUser() =>
        Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } person
            ? $"{person} as {Environment.UserName}" : Environment.UserName;
}
