using MailAdmin.Core.Results;

namespace MailAdmin.Core.Admins;

/// <summary>Why an admin can't be as asked.</summary>
public static class AdminProblems
{
    public static Problem NameMissing { get; } = new("AdminNameMissing", "Name");
    public static Problem NameMalformed { get; } = new("AdminNameMalformed", "Name");
    public static Problem SetUpDone { get; } = new("AdminSetUpDone");
    public static Problem NotFound { get; } = new("AdminNotFound");
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    /// <summary>Without them nobody could make another.</summary>
    public static Problem LastSuperuser { get; } = new("AdminLastSuperuser");

    public static Problem OwnRole { get; } = new("AdminOwnRole", "Rights");
    public static Problem OwnState { get; } = new("AdminOwnState", "State");

    /// <summary>One's own password asks for the present one, so it has a form of its own.</summary>
    public static Problem OwnPassword { get; } = new("AdminOwnPassword", "Password");

    public static Problem PresentPasswordWrong { get; } = new("AdminPresentPasswordWrong", "Present");
    public static Problem PageSizeRange { get; } = new("AdminPageSizeRange", "PageSize", Admin.MinPageSize, Admin.MaxPageSize);
    public static Problem QuotaWarningRange { get; } = new(
        "AdminQuotaWarningRange", "QuotaWarning", Admin.MinQuotaWarning, Admin.MaxQuotaWarning);

    public static Problem NameTaken(string name) => new("AdminNameTaken", "Name", name);

    public static Problem DomainUnknown(string name) => new("AdminDomainUnknown", "Domains", name);

    /// <summary>So many more are unknown than those named.</summary>
    public static Problem MoreDomainsUnknown(int count) => new("AdminMoreDomainsUnknown", "Domains", count);
}
