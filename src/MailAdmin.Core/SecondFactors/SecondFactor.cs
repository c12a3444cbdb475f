using MailAdmin.Core.Admins;

namespace MailAdmin.Core.SecondFactors;

/// <summary>An admin's authenticator app.</summary>
public sealed class AdminAuthenticator
{
    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    /// <summary>Encrypted by <see cref="AuthenticatorSecrets"/>.</summary>
    public required string Secret { get; set; }

    /// <summary>The time step of the latest accepted code: it and earlier steps are no longer accepted.</summary>
    public long LastStep { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A code for when app and passkey are lost. It works once, and its row is deleted then.</summary>
public sealed class AdminRecoveryCode
{
    public long Id { get; set; }

    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    /// <summary>SHA-256 in hexadecimal: the code is as hard to guess as a key, so no slow hash is needed.</summary>
    public required string Hash { get; set; }
}

/// <summary>Roles whose admins have to have a second factor.</summary>
[Flags]
public enum SecondFactorRoles
{
    None = 0,
    Superusers = 1,
    DomainAdmins = 2,
    Support = 4,
}

public static class SecondFactorRolesExtensions
{
    public static bool Include(this SecondFactorRoles roles, AdminRole role) => roles.HasFlag(role switch
    {
        AdminRole.Superuser => SecondFactorRoles.Superusers,
        AdminRole.DomainAdmin => SecondFactorRoles.DomainAdmins,
        _ => SecondFactorRoles.Support,
    });
}
