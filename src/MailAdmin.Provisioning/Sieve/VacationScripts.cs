using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>What a page sees of the scripts.</summary>
public sealed class VacationScripts
{
    private readonly SieveScripts _scripts;

    internal VacationScripts(SieveScripts scripts) => _scripts = scripts;

    /// <summary>Looks at the server whether the vacation's script is still what answers there.</summary>
    /// <param name="username">Whose scripts.</param>
    /// <param name="budget">The longest that the page waits.</param>
    /// <param name="cancellation">The page is no longer wanted.</param>
    /// <returns>Null when the server can't be asked now.</returns>
    public Task<ScriptState?> LookAsync(Username username, TimeSpan budget, CancellationToken cancellation) =>
        Budget.WithinAsync<ScriptState>(budget, token => _scripts.LookAsync(username, token), cancellation);
}
