namespace MailAdmin.Core.Admins;

/// <summary>Who asks for a change, from where, and how far he may go.</summary>
/// <param name="AdminId">Null for the panel's own work.</param>
/// <param name="Name">As the audit shows it.</param>
/// <param name="RemoteAddress">Of the browser, or null.</param>
/// <param name="Domains">Ids of the domains given to him; null means all.</param>
public sealed record Actor(long? AdminId, string Name, AdminRole Role, string? RemoteAddress, IReadOnlySet<long>? Domains)
{
    /// <summary>The panel itself: worker, follower, schedules.</summary>
    public static Actor Panel { get; } = new(null, "panel", AdminRole.Superuser, null, null);

    public bool IsSuperuser => Role == AdminRole.Superuser;

    public bool Administers(long domainId) => Domains is null || Domains.Contains(domainId);
}
