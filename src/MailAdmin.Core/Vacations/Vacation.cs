using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;

namespace MailAdmin.Core.Vacations;

/// <summary>
/// What an account's correspondents are answered while its owner is away (manual, 3.3). It is kept when it is switched off.
/// </summary>
public sealed class Vacation : IVersioned
{
    public long AccountId { get; set; }

    public Account? Account { get; set; }

    public bool IsOn { get; set; }

    public required string Subject { get; set; }

    /// <summary>Plain text; its lines end in LF.</summary>
    public required string Text { get; set; }

    /// <summary>First day, in the hoster's time zone; null is at once.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last day, in the hoster's time zone; null is until it is switched off.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>One sender is answered once in so many days.</summary>
    public int IntervalDays { get; set; }

    /// <summary>
    /// Rises whenever somebody asks for it to be on: what another program switched off meanwhile is switched on by a rise alone.
    /// </summary>
    public long Activation { get; set; }

    /// <summary>The activation that the server has carried out; 0 while no script of ours is there.</summary>
    [ServerState]
    public long Activated { get; set; }

    /// <summary>When the server was last seen to have what it should; null: not since somebody asked for something.</summary>
    [ServerState]
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>
    /// Another program had switched it off, or changed its script, when it was last looked at. It stays so until somebody asks here again.
    /// </summary>
    [ServerState]
    public bool IsSwitchedOff { get; set; }

    public long Version { get; set; }
}
