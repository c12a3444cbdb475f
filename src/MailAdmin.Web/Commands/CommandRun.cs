using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Commands;

/// <summary>One run of a command: its arguments, the panel's services, its actor, and its output.</summary>
internal sealed record CommandRun(
    ParseResult Arguments, IServiceProvider Services, CommandOutput Output, CancellationToken CancellationToken)
{
    /// <summary>A superuser, since the settings file's readers may do everything; the audit names their Unix user.</summary>
    public Actor Actor { get; } = CommandLineActor();

    /// <inheritdoc cref="Actor"/>
    public static Actor CommandLineActor() => new(null, $"command line ({UnixUser()})", AdminRole.Superuser, null, null);

    /// <summary>Whether to show the change without making it.</summary>
    public bool IsDryRun => Arguments.GetValue(CommandOptions.DryRun);

    /// <summary>Makes the change. In a dry run it is refused in the same cases, and changes nothing.</summary>
    public async Task<Result<T>> CarryOutAsync<T>(PlannedChange<T> change) =>
        IsDryRun ? (await change.DryRunAsync(CancellationToken)).Result : await change.MakeAsync(CancellationToken);

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The hoster's time zone. Without a database, with which the doctor runs too, it is this machine's.</summary>
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

    // Also name the user who went through sudo.
    private static string UnixUser() =>
        Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } person
            ? $"{person} as {Environment.UserName}" : Environment.UserName;
}
