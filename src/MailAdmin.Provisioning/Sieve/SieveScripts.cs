using MailAdmin.Core.Accounts;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>
/// Makes a user's scripts match their vacation. One script, <see cref="Name"/>, is the panel's; the panel never writes another one.
/// Operations are idempotent, and an interrupted run is completed by the next one.
/// </summary>
internal sealed class SieveScripts(SieveOptions sieve, CyrusOptions cyrus, TimeProvider time)
{
    public const string Name = "mailadmin";

    /// <summary>
    /// If the vacation is on: the panel's script has the vacation and is active, unless another program has switched it off since the
    /// vacation was last requested. If it is off: the script is deleted, and if it was still active, the script that was active before it
    /// is active again.
    /// </summary>
    /// <exception cref="SieveRefusedException">The server said NO, or lacks something that is needed.</exception>
    /// <exception cref="SieveUnavailableException">The server can't be asked: any part may be done.</exception>
    public async Task EnsureAsync(VacationFacts facts, CancellationToken cancellationToken)
    {
        await using var client = await SignInAsync(facts.Username, cancellationToken);
        var own = await FindAsync(client, cancellationToken);
        if (facts.IsOn) await PutAsync(client, own, facts, cancellationToken);
        else await WithdrawAsync(client, own, facts, cancellationToken);
    }

    /// <summary>Reads the script's current state.</summary>
    /// <exception cref="SieveRefusedException">The server said NO.</exception>
    /// <exception cref="SieveUnavailableException">The server can't be asked.</exception>
    public async Task<ScriptState> StateAsync(Username username, CancellationToken cancellationToken)
    {
        await using var client = await SignInAsync(username, cancellationToken);
        var own = await FindAsync(client, cancellationToken);
        return new(own.Header is not null, own.IsActive, own.Header is { IsUnchanged: false }, own.Header?.Before);
    }

    /// <summary>Deactivates the active script; all scripts are kept.</summary>
    /// <exception cref="SieveRefusedException">The server said NO.</exception>
    /// <exception cref="SieveUnavailableException">The server can't be asked.</exception>
    public async Task StopAsync(Username username, CancellationToken cancellationToken)
    {
        await using var client = await SignInAsync(username, cancellationToken);
        if ((await client.ListScriptsAsync(cancellationToken)).Any(s => s.IsActive)) await client.SetActiveAsync("", cancellationToken);
    }

    /// <summary>Lists the user's scripts.</summary>
    /// <exception cref="SieveRefusedException">The server said NO.</exception>
    /// <exception cref="SieveUnavailableException">The server can't be asked.</exception>
    public async Task<IReadOnlyList<SieveScriptName>> ListAsync(Username username, CancellationToken cancellationToken)
    {
        await using var client = await SignInAsync(username, cancellationToken);
        var scripts = await client.ListScriptsAsync(cancellationToken);
        return scripts;
    }

    /// <summary>Makes the server match as <see cref="EnsureAsync"/> does, and returns the script's state afterwards.</summary>
    /// <exception cref="SieveRefusedException">The server said NO.</exception>
    /// <exception cref="SieveUnavailableException">The server can't be asked.</exception>
    public async Task<ScriptState> CheckAsync(VacationFacts facts, CancellationToken cancellationToken)
    {
        await EnsureAsync(facts, cancellationToken);
        return await StateAsync(facts.Username, cancellationToken);
    }

    /// <summary>Reads the actions of the active script, including the user's scripts that it includes.</summary>
    /// <exception cref="SieveRefusedException">The server said NO.</exception>
    /// <exception cref="SieveUnavailableException">The server can't be asked.</exception>
    public async Task<ActiveScript> ReadActiveAsync(Username username, CancellationToken cancellationToken)
    {
        await using var client = await SignInAsync(username, cancellationToken);
        var active = await ActiveScriptReader.ReadAsync(client, cancellationToken);
        return active;
    }

    /// <summary>
    /// Deactivates the user's own script; it does not become active again when the vacation ends. It is kept, and its owner may activate it
    /// again.
    /// </summary>
    /// <param name="username">The owner of the scripts.</param>
    /// <param name="facts">The account's vacation, which stays on; null if it never had one.</param>
    /// <param name="cancellationToken">Stops the exchange.</param>
    /// <exception cref="SieveRefusedException">The server said NO.</exception>
    /// <exception cref="SieveUnavailableException">The server can't be asked: any part may be done.</exception>
    public async Task SetAsideAsync(Username username, VacationFacts? facts, CancellationToken cancellationToken)
    {
        await using var client = await SignInAsync(username, cancellationToken);
        var own = await FindAsync(client, cancellationToken);
        if (facts is { IsOn: true } && own.Header is not null
            && own.Text != VacationScript.Write(facts, null, client.Capabilities.Extensions))
            await client.PutScriptAsync(Name, VacationScript.Write(facts, null, client.Capabilities.Extensions), cancellationToken);
        if (own.Active is not null && !(own is { IsActive: true, Header: not null } && facts is { IsOn: true }))
            await client.SetActiveAsync("", cancellationToken);
    }

    private Task<ManageSieveClient> SignInAsync(Username username, CancellationToken cancellationToken) =>
        ManageSieveClient.SignInAsync(sieve, cyrus, time, username, cancellationToken);

    private static async Task<Found> FindAsync(ManageSieveClient client, CancellationToken cancellationToken)
    {
        var scripts = await client.ListScriptsAsync(cancellationToken);
        var text = scripts.Any(s => s.Name == Name) ? await client.GetScriptAsync(Name, cancellationToken) : null;
        return new(scripts, text, text is null ? null : ScriptHeader.Read(text));
    }

    private static async Task PutAsync(ManageSieveClient client, Found own, VacationFacts vacation, CancellationToken cancellationToken)
    {
        if (own is { Text: not null, Header: null } && vacation.Activated == 0)
            throw new SieveRefusedException(
                SieveRefusal.NameTaken,
                $"The user has a script of their own named '{Name}', which the panel does not overwrite: it has to be renamed");
        var isAsked = vacation.Activation > vacation.Activated;
        // Another program deleted, edited or replaced the script: the user's decision stands until somebody requests the vacation in the
        // panel again.
        if (!isAsked && own.Header is not { IsUnchanged: true }) return;
        var before = await BeforeAsync(client, own, isAsked, cancellationToken);
        var text = VacationScript.Write(vacation, before, client.Capabilities.Extensions);
        if (text != own.Text) await client.PutScriptAsync(Name, text, cancellationToken);
        if (!isAsked || own.IsActive) return;
        await client.SetActiveAsync(Name, cancellationToken);
        if ((await client.ListScriptsAsync(cancellationToken)).All(s => s is not { Name: Name, IsActive: true }))
            throw new SieveRefusedException(SieveRefusal.Other, "The mail server said OK and did not make the script active");
    }

    /// <summary>The script that was active before the panel's, as it is now; it may have been changed or deleted meanwhile.</summary>
    private static async Task<UserScript?> BeforeAsync(
        ManageSieveClient client, Found own, bool isAsked, CancellationToken cancellationToken)
    {
        var name = isAsked && own.Active is { } active && active != Name ? active : own.Header?.Before?.Name;
        if (name is null || own.Scripts.All(s => s.Name != name)) return null;
        if (name.Any(c => char.IsControl(c) || c == '\uFFFD'))
            throw new SieveRefusedException(
                SieveRefusal.Other, "The user's active script has a name that can't be repeated: it has to be renamed");
        return UserScript.Of(name, await client.GetScriptAsync(name, cancellationToken), client.Capabilities.Extensions);
    }

    private static async Task WithdrawAsync(
        ManageSieveClient client, Found own, VacationFacts vacation, CancellationToken cancellationToken)
    {
        if (own.Text is null || (own.Header is null && vacation.Activated == 0)) return;
        var before = own.Header?.Before?.Name;
        if (own.IsActive) await client.SetActiveAsync(own.Scripts.Any(s => s.Name == before) ? before! : "", cancellationToken);
        await client.DeleteScriptAsync(Name, cancellationToken);
    }

    /// <param name="Text">The text of the script with the panel's name, or null.</param>
    /// <param name="Header">Null if the panel did not write the script.</param>
    private sealed record Found(IReadOnlyList<SieveScriptName> Scripts, string? Text, ScriptHeader? Header)
    {
        public string? Active => Scripts.FirstOrDefault(s => s.IsActive)?.Name;

        public bool IsActive => Active == Name;
    }
}

/// <summary>The state of an account's vacation script, for a page.</summary>
/// <param name="IsThere">The panel's script is on the server.</param>
/// <param name="IsActive">The panel's script is the active one.</param>
/// <param name="IsEdited">Another program changed its text.</param>
/// <param name="Before">The user's own script that was active before it.</param>
public sealed record ScriptState(bool IsThere, bool IsActive, bool IsEdited, UserScript? Before);
