using MailAdmin.Core.Admins;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>The admin of this request. The only place that makes an <see cref="Actor"/> from a request.</summary>
public sealed class CurrentAdmin(IHttpContextAccessor accessor)
{
    /// <summary>Null if nobody is signed in.</summary>
    public SignedInAdmin? SignedIn { get; private set; }

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public SignedInAdmin Admin => SignedIn ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>Name of the token of this request; null for a browser.</summary>
    public string? Token { get; private set; }

    /// <summary>The audit names the token beside the admin.</summary>
    public Actor Actor => new(
        Admin.Id, Token is null ? Admin.Name : $"{Admin.Name} (token {Token})", Admin.Role, RemoteAddress, Admin.Domains)
    { PasswordAt = Admin.PasswordAt };

    public bool May(Permission permission) => SignedIn?.Role.Grants(permission) == true;

    public string? RemoteAddress => accessor.HttpContext?.Connection.RemoteIpAddress?.ToString();

    /// <summary>Key hash of this browser's session.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public string Session { get => field ?? throw new InvalidOperationException("Nobody is signed in."); private set; }

    internal void Take(SignedInAdmin admin, string session) => (SignedIn, Session) = (admin, session);

    internal void Take(TokenBearer bearer) => (SignedIn, Token) = (bearer.Admin, bearer.Name);

    /// <summary>Records that this request contained the right password.</summary>
    internal void SetPasswordEntry(DateTimeOffset at) => SignedIn = Admin with { PasswordAt = at };
}
