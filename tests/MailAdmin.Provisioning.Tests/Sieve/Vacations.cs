using MailAdmin.Core.Accounts;
using MailAdmin.Core.Vacations;

namespace MailAdmin.Provisioning.Tests.Sieve;

internal static class Vacations
{
    public static VacationFacts Of(string text = "je ne suis pas la", string subject = "On vacation messages") => new(
        Username.Parse("exemple0001"), MailboxReady: true, IsOn: true, subject, text, Starts: null, Ends: null, IntervalDays: 7,
        ["gugus.dupont@exemple.be", "gugus@exemple.be"], Activation: 1, Activated: 0);

    /// <summary>The same facts after the server has carried them out.</summary>
    public static VacationFacts Done(this VacationFacts facts) => facts with { Activated = facts.IsOn ? facts.Activation : 0 };
}
