using MailAdmin.Core.Admins;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>The password of whoever is signed in, asked for again; guessed no faster here than at sign-in.</summary>
public sealed class OwnPassword(
    OwnSettingsService settings, SessionRepository sessions, SignInThrottle delays, CurrentAdmin current, TimeProvider clock)
{
    /// <summary>Whether it was not typed in this session within the last minutes.</summary>
    public bool IsAsked => !Actor.IsFresh(current.Admin.PasswordAt, clock.GetUtcNow());

    /// <summary>
    /// Takes what was typed beside a change. Whether the change needs it, its service decides. The field Present carries the problem.
    /// </summary>
    public async Task<Result> ConfirmAsync(string? present, CancellationToken cancellationToken) =>
        IsAsked && !string.IsNullOrEmpty(present) ? await CheckAsync(present, cancellationToken) : Result.Done;

    /// <summary>Right: noted with the session. The field Present carries the problem.</summary>
    public async Task<Result> CheckAsync(string? present, CancellationToken cancellationToken)
    {
        var name = current.Admin.Name;
        await delays.WaitAsync(name, current.RemoteAddress, cancellationToken);
        var result = await settings.CheckPasswordAsync(present, current.Actor);
        if (!result.Succeeded) return result;
        delays.Forget(name, current.RemoteAddress);
        await sessions.NotePasswordAsync(current.Session);
        current.NotePassword(clock.GetUtcNow());
        return result;
    }
}
