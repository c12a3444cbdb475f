namespace MailAdmin.Core.Admins;

/// <summary>The author of a change, with their address and permissions.</summary>
/// <param name="AdminId">Null for the panel's own work.</param>
/// <param name="Name">The name in the audit.</param>
/// <param name="RemoteAddress">Address of the browser, or null.</param>
/// <param name="Domains">Ids of the admin's domains; null means all.</param>
public sealed record Actor(long? AdminId, string Name, AdminRole Role, string? RemoteAddress, IReadOnlySet<long>? Domains)
{
    /// <summary>The name of the actor who opened a one-time link and is not an admin.</summary>
    public const string PasswordLinkName = "password link";

    private static readonly TimeSpan PasswordHolds = TimeSpan.FromMinutes(10);

    /// <summary>
    /// When the admin last entered their password again in this session; null if they have not, and for the panel's own work.
    /// </summary>
    public DateTimeOffset? PasswordAt { get; init; }

    /// <summary>The panel itself: worker, follower, schedules.</summary>
    public static Actor Panel { get; } = new(null, "panel", AdminRole.Superuser, null, null);

    /// <summary>Whether a password that was entered again at that time still counts for actions that require it.</summary>
    public static bool IsFresh(DateTimeOffset? passwordAt, DateTimeOffset now) => now - passwordAt < PasswordHolds;

    public bool IsSuperuser => Role == AdminRole.Superuser;

    /// <summary>Whether the domain is one of the admin's.</summary>
    public bool Sees(long domainId) => Domains is null || Domains.Contains(domainId);

    public bool May(Permission permission) => Role.Grants(permission);

    /// <summary>For services, inside the transaction: no caller is trusted to have checked the permission.</summary>
    /// <exception cref="NotPermittedException">The actor's role or domains do not allow it.</exception>
    public void Require(Permission permission, long domainId)
    {
        if (!May(permission) || !Sees(domainId))
            throw new NotPermittedException($"{Name} ({Role}) may not {permission} in domain {domainId}.");
    }

    /// <inheritdoc cref="Require(Permission, long)"/>
    public void Require(Permission permission)
    {
        if (!May(permission)) throw new NotPermittedException($"{Name} ({Role}) may not {permission}.");
    }
}
