using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Core.Vacations;

/// <summary>
/// The mail server's limits of the interval: it silently adjusts intervals outside of them, so the panel refuses those first. Section
/// <c>Vacations</c> of the settings file, checked at start.
/// </summary>
public sealed class VacationOptions : IValidatableObject
{
    /// <summary>Days, 1 or more; <c>sieve_vacation_min_response</c> of imapd.conf. Default: 3.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumDays { get; init; } = 3;

    /// <summary>Days, at least <see cref="MinimumDays"/>; <c>sieve_vacation_max_response</c>. Default: 90.</summary>
    [Range(1, int.MaxValue)]
    public int MaximumDays { get; init; } = 90;

    /// <summary>
    /// Hour of the hoster's day, 0 to 23, at which the check of all vacation scripts starts: it shows which ones another program has
    /// switched off, and ends those that are over. Default: 3.
    /// </summary>
    [Range(0, 23)]
    public int LookHour { get; init; } = 3;

    /// <summary>Proposed interval of a new vacation, in days.</summary>
    public int ProposedDays => Math.Clamp(7, MinimumDays, MaximumDays);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaximumDays < MinimumDays)
            yield return new($"is {MaximumDays}; it has to be at least Vacations:MinimumDays, {MinimumDays}", [nameof(MaximumDays)]);
    }
}
