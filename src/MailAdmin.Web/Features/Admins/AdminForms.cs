using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Admins;

/// <summary>A new admin as it was typed.</summary>
/// <param name="Present">The current password of the admin who makes the new one, if it is required.</param>
public sealed record NewAdminForm(
    string? Name, string? Password, string? Confirmation, string? Language, string? Rights, string? Domains, string? Present = null)
{
    public static NewAdminForm Proposal { get; } = new("", null, null, "", nameof(AdminRole.DomainAdmin), "");

    /// <summary>Returns the request, or all faults of the form.</summary>
    public Result<NewAdmin> ToNewAdmin()
    {
        var rights = RightsChoice.Read(Rights, Domains);
        return rights.Succeeded
            ? new NewAdmin(Name, Password, Confirmation, PanelLanguages.Find(Language)?.Name, rights.Value) : rights.Problems.ToList();
    }
}

/// <summary>The new rights of an admin.</summary>
/// <param name="Stamp">The stamp of the admin as the page showed them.</param>
/// <param name="State">Active, or any other value for stopped.</param>
/// <param name="Present">The current password of the admin who makes the change, if it is required.</param>
public sealed record AdminForm(string? Stamp, string? Rights, string? Domains, string? State, string? Present = null)
{
    public const string Active = "Active";
    public const string Stopped = "Stopped";

    /// <summary>The fields in which the saved values differ from these.</summary>
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

/// <summary>Role and visible domains as one choice: support sees its own domains or all of them.</summary>
public static class RightsChoice
{
    private const string SupportOfAll = nameof(SupportOfAll);

    /// <summary>From most to least rights, each with its text.</summary>
    public static IEnumerable<(string Value, string Text)> All =>
    [
        (nameof(AdminRole.Superuser), AdminTexts.MaySuperuser),
        (nameof(AdminRole.DomainAdmin), AdminTexts.MayDomainAdmin),
        (nameof(AdminRole.Support), AdminTexts.MaySupport),
        (SupportOfAll, AdminTexts.MaySupportOfAll),
    ];

    public static string Of(AdminRole role, bool seesAllDomains) =>
        role == AdminRole.Support && seesAllDomains ? SupportOfAll : role.ToString();

    /// <summary>Problems are reported for the fields Rights and Domains.</summary>
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

    // The form asks for one domain a line, but a pasted list is accepted as well.
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
