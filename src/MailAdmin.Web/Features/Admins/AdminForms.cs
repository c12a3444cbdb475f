using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Admins;

/// <summary>A new admin as they were typed.</summary>
/// <param name="Present">The password of whoever makes them, where it is asked for.</param>
public sealed record NewAdminForm(
    string? Name, string? Password, string? Confirmation, string? Language, string? Rights, string? Domains, string? Present = null)
{
    public static NewAdminForm Proposal { get; } = new("", null, null, "", nameof(AdminRole.DomainAdmin), "");

    /// <summary>Every fault of the form at once, or the request.</summary>
    public Result<NewAdmin> ToNewAdmin()
    {
        var rights = RightsChoice.Read(Rights, Domains);
        return rights.Succeeded
            ? new NewAdmin(Name, Password, Confirmation, PanelLanguages.Find(Language)?.Name, rights.Value) : rights.Problems.ToList();
    }
}

/// <summary>How far an admin may go from now on.</summary>
/// <param name="Stamp">Of the admin as the page showed them.</param>
/// <param name="State">Active, or anything else for stopped.</param>
/// <param name="Present">The password of whoever changes them, where it is asked for.</param>
public sealed record AdminForm(string? Stamp, string? Rights, string? Domains, string? State, string? Present = null)
{
    public const string Active = "Active";
    public const string Stopped = "Stopped";

    /// <summary>Where what is saved differs from this.</summary>
    public IEnumerable<ChangedField?> DifferencesTo(AdminForm saved) =>
    [
        Changed.Choice(AdminTexts.Role, saved.Rights, Rights, rights => RightsChoice.All.FirstOrDefault(c => c.Value == rights).Text ?? ""),
        Changed.Field(SharedTexts.Domains, saved.Domains, Domains),
        Changed.Choice(
            SharedTexts.State, saved.State == Active, State == Active, active => active ? SharedTexts.Active : AdminTexts.Stopped),
    ];

    public static AdminForm Of(AdminDetails admin) => new(
        admin.Stamp, RightsChoice.Of(admin.Role, admin.SeesAllDomains), string.Join('\n', admin.Domains.Select(d => d.Display)),
        admin.IsActive ? Active : Stopped);
}

public sealed record AdminPasswordForm(string? Password, string? Confirmation, string? Present = null);

/// <summary>Role and reach as one choice: support sees its domains or all of them.</summary>
public static class RightsChoice
{
    private const string SupportOfAll = nameof(SupportOfAll);

    /// <summary>From the most to the least, each with its words.</summary>
    public static IEnumerable<(string Value, string Text)> All =>
    [
        (nameof(AdminRole.Superuser), AdminTexts.MaySuperuser),
        (nameof(AdminRole.DomainAdmin), AdminTexts.MayDomainAdmin),
        (nameof(AdminRole.Support), AdminTexts.MaySupport),
        (SupportOfAll, AdminTexts.MaySupportOfAll),
    ];

    public static string Of(AdminRole role, bool seesAllDomains) =>
        role == AdminRole.Support && seesAllDomains ? SupportOfAll : role.ToString();

    /// <summary>The fields Rights and Domains carry the problems.</summary>
    internal static Result<AdminRights> Read(string? choice, string? domains)
    {
        List<Problem> problems = [];
        var isKnown = All.Any(c => c.Value == choice);
        if (!isKnown) problems.Add(FormProblems.ChoiceUnknown.At("Rights"));
        var names = Split(domains, problems);
        if (problems.Count > 0) return problems;
        return choice == SupportOfAll
            ? new AdminRights(AdminRole.Support, true, names) : new AdminRights(Enum.Parse<AdminRole>(choice!), false, names);
    }

    // One a line is asked for; a list that was pasted is read as well.
    private static List<DomainName> Split(string? text, List<Problem> problems)
    {
        List<DomainName> names = [];
        foreach (var item in (text ?? "").Split((char[])['\n', '\r', ' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (DomainName.TryParse(item, out var name, out var problem)) names.Add(name);
            else problems.Add(problem.At("Domains"));
        }
        return [.. names.Distinct()];
    }
}
