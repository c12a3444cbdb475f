using MailAdmin.Core.Admins;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>The signed-in admin's password, asked for again; guesses are throttled as at sign-in.</summary>
public sealed class OwnPassword(
    OwnSettingsService settings, SessionRepository sessions, SignInThrottle delays, CurrentAdmin current, TimeProvider clock)
{
    /// <summary>Whether the password has to be entered, because it was not entered in this session within the last minutes.</summary>
    public bool IsAsked => !Actor.IsFresh(current.Admin.PasswordAt, clock.GetUtcNow());

    /// <summary>
    /// Checks the password that was entered with a change. The service decides whether the change requires it. Problems are reported for
    /// the field Present.
    /// </summary>
    public async Task<Result> ConfirmAsync(string? present, CancellationToken cancellationToken) =>
        IsAsked && !string.IsNullOrEmpty(present) ? await CheckAsync(present, cancellationToken) : Result.Done;

    /// <summary>Checks the password; if right, the session records it. Problems are reported for the field Present.</summary>
    public async Task<Result> CheckAsync(string? present, CancellationToken cancellationToken)
    {
        var name = current.Admin.Name;
        await delays.WaitAsync(name, current.RemoteAddress, cancellationToken);
        var result = await settings.CheckPasswordAsync(present, current.Actor, cancellationToken);
        if (!result.Succeeded) return result;
        delays.Forget(name, current.RemoteAddress);
        await sessions.RecordPasswordEntryAsync(current.Session, cancellationToken);
        current.SetPasswordEntry(clock.GetUtcNow());
        return result;
    }
}
