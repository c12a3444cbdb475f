using MailAdmin.Core.Admins;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.SecondFactors;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>The password of whoever is signed in, asked for again; guessed no faster here than at sign-in.</summary>
public sealed class OwnPassword(OwnSettingsService settings, SessionRepository sessions, SignInDelays delays, CurrentAdmin current, TimeProvider clock)
{
    /// <summary>Whether it was not typed in this session within the last minutes.</summary>
    public bool IsAsked => !AsksPasswordAttribute.IsOpen(current.Admin.PasswordAt, clock);

    /// <summary>For what one superuser does to another: right, or typed a moment ago. The field Present carries the problem.</summary>
    public async Task<Result> ConfirmAsync(string? present, CancellationToken cancellationToken) =>
        IsAsked ? await CheckAsync(present, cancellationToken) : Result.Done;

    /// <summary>Right: noted with the session. The field Present carries the problem.</summary>
    public async Task<Result> CheckAsync(string? present, CancellationToken cancellationToken)
    {
        var name = current.Admin.Name;
        await delays.WaitAsync(name, current.RemoteAddress, cancellationToken);
        var result = await settings.CheckPasswordAsync(present, current.Actor);
        if (!result.Succeeded) return result;
        delays.Forget(name, current.RemoteAddress);
        await sessions.NotePasswordAsync(current.Session);
        return result;
    }
}
