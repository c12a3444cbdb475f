using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Sieve;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Vacations;

/// <param name="Script">The script's state on the server; null if there is no server, no answer, or nothing to check.</param>
/// <param name="Today">In the hoster's time zone.</param>
public sealed record VacationPage(
    MailDomain Domain, AccountRow Account, VacationForm Form, VacationRow Row, ScriptState? Script, VacationOptions Options, DateOnly Today)
{
    public string Address => AccountText.AddressOf(Account, Domain);

    public VacationState State => VacationState.Of(this);

    /// <summary>Whether there is an answer that can be previewed.</summary>
    public bool HasPreview => !string.IsNullOrWhiteSpace(Form.Subject) && !string.IsNullOrWhiteSpace(Form.Text);

    /// <summary>The user's own filter that can't run together with the vacation.</summary>
    public UserScript? SetAside => Script is { IsActive: true, Before: { Aside.Count: > 0 } own } ? own : null;

    public UserScript? Included => Script is { IsActive: true, Before: { Aside.Count: 0 } own } ? own : null;
}

/// <summary>The vacation's state: off, to come, answering, over; or the obstacle.</summary>
/// <param name="Style">The CSS class of the chip.</param>
/// <param name="Explanation">A sentence; null if the word says it all.</param>
/// <param name="IsSwitchedOff">Another program has switched it off: the page has a button to switch it on again.</param>
public sealed record VacationState(string Style, string Word, string? Explanation = null, bool IsSwitchedOff = false)
{
    internal static VacationState Of(VacationPage page) => page switch
    {
        { Row.Job: { Refused: true } } => new("bad", SharedTexts.Failed, VacationTexts.FailedMeans),
        { Row.Job: not null } => new("wait", SharedTexts.Pending, VacationTexts.PendingMeans),
        { Row.Vacation: not { IsOn: true } } => new("idle", VacationTexts.Off),
        { Script: { IsActive: false } or { IsEdited: true } } or { Script: null, Row.Vacation.IsSwitchedOff: true } =>
            new("bad", VacationTexts.SwitchedOff, VacationTexts.SwitchedOffMeans, IsSwitchedOff: true),
        { Row.IsRedirectedAway: true } => new("bad", VacationTexts.Silent),
        { Row.Vacation.From: { } from } when page.Today < from => new("wait", VacationTexts.ToCome, VacationTexts.FormatBegins(Day(from))),
        { Row.Vacation.Until: { } until } when page.Today > until => new("idle", VacationTexts.Over, VacationTexts.FormatEnded(Day(until))),
        { Row.Vacation.Until: { } until } => new("ok", VacationTexts.Answering, VacationTexts.FormatEnds(Day(until))),
        _ => new("ok", VacationTexts.Answering, VacationTexts.NoEnd),
    };

    private static string Day(DateOnly day) => Dates.Say(day, "D");
}
