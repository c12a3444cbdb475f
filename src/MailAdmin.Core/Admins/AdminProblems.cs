using MailAdmin.Core.Results;

namespace MailAdmin.Core.Admins;

/// <summary>Reasons why an admin cannot be created or changed as requested.</summary>
public static class AdminProblems
{
    public static Problem NameMissing { get; } = new("AdminNameMissing", "Name");
    public static Problem NameMalformed { get; } = new("AdminNameMalformed", "Name");
    public static Problem SetUpDone { get; } = new("AdminSetUpDone");
    public static Problem NotFound { get; } = new("AdminNotFound");
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    /// <summary>Without a superuser nobody could create another one.</summary>
    public static Problem LastSuperuser { get; } = new("AdminLastSuperuser");

    public static Problem OwnRole { get; } = new("AdminOwnRole", "Rights");
    public static Problem OwnState { get; } = new("AdminOwnState", "State");

    /// <summary>An admin's own password has a form of its own, because it requires the present one.</summary>
    public static Problem OwnPassword { get; } = new("AdminOwnPassword", "Password");

    public static Problem PresentPasswordWrong { get; } = new("AdminPresentPasswordWrong", "Present");
    public static Problem PageSizeRange { get; } = new("AdminPageSizeRange", "PageSize", Admin.MinPageSize, Admin.MaxPageSize);
    public static Problem QuotaWarningRange { get; } = new(
        "AdminQuotaWarningRange", "QuotaWarning", Admin.MinQuotaWarning, Admin.MaxQuotaWarning);

    public static Problem NameTaken(string name) => new("AdminNameTaken", "Name", name);

    public static Problem DomainUnknown(string name) => new("AdminDomainUnknown", "Domains", name);

    /// <summary>The number of unknown domains beyond those that are named.</summary>
    public static Problem MoreDomainsUnknown(int count) => new("AdminMoreDomainsUnknown", "Domains", count);
}
