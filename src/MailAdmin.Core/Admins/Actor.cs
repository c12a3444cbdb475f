namespace MailAdmin.Core.Admins;

/// <summary>Who asks for a change, from where, and how far they may go.</summary>
/// <param name="AdminId">Null for the panel's own work.</param>
/// <param name="Name">As the audit shows it.</param>
/// <param name="RemoteAddress">Of the browser, or null.</param>
/// <param name="Domains">Ids of the domains given to them; null means all.</param>
public sealed record Actor(long? AdminId, string Name, AdminRole Role, string? RemoteAddress, IReadOnlySet<long>? Domains)
{
    /// <summary>Somebody without an account of the panel, who opened a one-time link.</summary>
    public const string PasswordLinkName = "password link";

    private static readonly TimeSpan PasswordHolds = TimeSpan.FromMinutes(10);

    /// <summary>
    /// When they typed their password again in the session that asks; null where nobody has, and for the panel's own work.
    /// </summary>
    public DateTimeOffset? PasswordAt { get; init; }

    /// <summary>The panel itself: worker, follower, schedules.</summary>
    public static Actor Panel { get; } = new(null, "panel", AdminRole.Superuser, null, null);

    /// <summary>Whether a password that was typed again at that time still counts for what asks for it.</summary>
    public static bool IsFresh(DateTimeOffset? passwordAt, DateTimeOffset now) => now - passwordAt < PasswordHolds;

    public bool IsSuperuser => Role == AdminRole.Superuser;

    /// <summary>Whether the domain is among those given to them.</summary>
    public bool Sees(long domainId) => Domains is null || Domains.Contains(domainId);

    public bool May(Permission permission) => Role.Grants(permission);

    /// <summary>For services, inside the transaction: whatever asked, a rule is not left to a page.</summary>
    /// <exception cref="NotPermittedException">Their role or their domains don't allow it.</exception>
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
