using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Web.Hosting;

/// <summary>How long a browser stays signed in: section <c>Sessions</c> of the settings file.</summary>
public sealed class SessionSettings
{
    /// <summary>Minutes without a page after which a session has ended, 5 to 1440; 120 unless told.</summary>
    [Range(5, 1440)]
    public int IdleMinutes { get; init; } = 120;

    /// <summary>Hours after which it ends however busy it is, 1 to 168; 12 unless told.</summary>
    [Range(1, 168)]
    public int LongestHours { get; init; } = 12;

    public TimeSpan IdleTime => TimeSpan.FromMinutes(IdleMinutes);

    public TimeSpan LongestTime => TimeSpan.FromHours(LongestHours);
}
