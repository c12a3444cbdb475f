using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;

namespace MailAdmin.Core.Vacations;

/// <summary>
/// The automatic answer of an account while its owner is away (manual, 3.3). It is kept when it is switched off.
/// </summary>
public sealed class Vacation : IVersioned
{
    public long AccountId { get; set; }

    public Account? Account { get; set; }

    public bool IsOn { get; set; }

    public required string Subject { get; set; }

    /// <summary>Plain text; its lines end in LF.</summary>
    public required string Text { get; set; }

    /// <summary>First day, in the hoster's time zone; null means immediately.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last day, in the hoster's time zone; null means until it is switched off.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>A sender gets one answer in this many days.</summary>
    public int IntervalDays { get; set; }

    /// <summary>
    /// Rises whenever somebody asks for it to be on. If another program has switched the script off, only a rise switches it on again.
    /// </summary>
    public long Activation { get; set; }

    /// <summary>The activation that the server has carried out; 0 while the panel's script is not on the server.</summary>
    [ServerState]
    public long Activated { get; set; }

    /// <summary>When the server was last found to have the wanted script; null if not since the last request.</summary>
    [ServerState]
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>
    /// At the last check another program had switched it off, or had changed its script. It stays off until somebody switches it on here
    /// again.
    /// </summary>
    [ServerState]
    public bool IsSwitchedOff { get; set; }

    public long Version { get; set; }
}
