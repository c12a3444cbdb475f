using System.Security.Claims;
using MailAdmin.Core.Admins;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Who asks for this page. The one place that makes an <see cref="Actor"/> of a request.</summary>
public sealed class CurrentAdmin(IHttpContextAccessor accessor)
{
    /// <summary>Null when nobody is signed in.</summary>
    public SignedInAdmin? SignedIn { get; private set; }

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public SignedInAdmin Admin => SignedIn ?? throw new InvalidOperationException("Nobody is signed in.");

    public Actor Actor => new(Admin.Id, Admin.Name, Admin.Role, RemoteAddress, Admin.Domains);

    public bool IsSuperuser => SignedIn?.Role == AdminRole.Superuser;

    /// <summary>May change accounts and aliases of the domains that he sees.</summary>
    public bool Administers => SignedIn?.Role is AdminRole.Superuser or AdminRole.DomainAdmin;

    public string? RemoteAddress => accessor.HttpContext?.Connection.RemoteIpAddress?.ToString();

    /// <summary>Takes the admin of the session, with his role as it is now.</summary>
    internal ClaimsPrincipal Take(SignedInAdmin admin, ClaimsPrincipal cookie)
    {
        SignedIn = admin;
        var identity = new ClaimsIdentity(cookie.Identity);
        identity.AddClaim(new Claim(ClaimTypes.Role, admin.Role.ToString()));
        return new ClaimsPrincipal(identity);
    }
}

/// <summary>For <c>[Authorize(Roles = …)]</c>.</summary>
public static class AdminRoles
{
    public const string Superuser = nameof(AdminRole.Superuser);
    public const string Administrators = $"{nameof(AdminRole.Superuser)},{nameof(AdminRole.DomainAdmin)}";
}
