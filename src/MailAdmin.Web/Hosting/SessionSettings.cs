using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Web.Hosting;

/// <summary>How long a browser stays signed in: section <c>Sessions</c> of the settings file.</summary>
public sealed class SessionSettings
{
    /// <summary>Minutes without a request after which a session ends, 5 to 1440; default: 120.</summary>
    [Range(5, 1440)]
    public int IdleMinutes { get; init; } = 120;

    /// <summary>Hours after which a session ends in any case, 1 to 168; default: 12.</summary>
    [Range(1, 168)]
    public int LongestHours { get; init; } = 12;

    public TimeSpan IdleTime => TimeSpan.FromMinutes(IdleMinutes);

    public TimeSpan LongestTime => TimeSpan.FromHours(LongestHours);
}
