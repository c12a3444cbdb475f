using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Sieve;
using MailAdmin.Provisioning.Tests.Cyrus;

namespace MailAdmin.Provisioning.Tests.Sieve;

/// <summary>A user with scripts on a real Cyrus, whose vacation the panel switches on and off.</summary>
public abstract class SieveScriptsTest(CyrusFixture fixture)
{
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected async Task<(ScriptUser, SieveScripts, VacationFacts)> StartAsync(params (string Name, string Text)[] own)
    {
        var user = await ScriptUser.CreateAsync(fixture);
        var scripts = new SieveScripts(user.Cyrus.SieveOptions(), user.Cyrus.Options(), TimeProvider.System);
        foreach (var (name, text) in own)
            await WithAsync(
                user, c =>
                c.PutScriptAsync(name, $"require [\"fileinto\", \"reject\", \"vacation\", \"include\"];\r\n{text}\r\n", Cancellation));
        return (user, scripts, Vacations.Of() with { Username = user.Name });
    }

    private protected static (bool, bool, bool, string?) Told(ScriptState state) =>
        (state.IsThere, state.IsActive, state.IsEdited, state.Before?.Name);

    private protected static Task ActivateAsync(ScriptUser user, string name) => WithAsync(user, c => c.SetActiveAsync(name, Cancellation));

    private protected static async Task WithAsync(ScriptUser user, Func<ManageSieveClient, Task> work)
    {
        await using var client = await user.SignInAsync();
        await work(client);
    }

    /// <summary>The names of the scripts; the active one has a star.</summary>
    private protected static async Task<string> ScriptsOf(ScriptUser user)
    {
        await using var client = await user.SignInAsync();
        return string.Join(
            ' ', (await client.ListScriptsAsync(Cancellation)).Select(s => s.Name + (s.IsActive ? "*" : "")).Order(StringComparer.Ordinal));
    }

    private protected static async Task<string> TextAsync(ScriptUser user)
    {
        await using var client = await user.SignInAsync();
        return await client.GetScriptAsync(SieveScripts.Name, Cancellation);
    }
}
