using System.Text;
using MimeKit.Utils;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>The user's own script that the mail server runs for their mail, and its actions.</summary>
/// <param name="Name">As the server lists it; null if there is no script other than the panel's.</param>
/// <param name="Summary">Includes the scripts that it includes.</param>
/// <param name="IsSetAside">The script does not run while the panel's vacation is on, and becomes active again afterwards.</param>
public sealed record ActiveScript(string? Name, ScriptSummary Summary, bool IsSetAside)
{
    /// <summary>The name to show. Cyrus keeps names outside of ASCII as encoded words (RFC 2047).</summary>
    public string? Display => Name is null ? null : Rfc2047.DecodeText(Encoding.ASCII.GetBytes(Name));
}

/// <summary>Reads the active script and the scripts that it includes.</summary>
internal static class ActiveScriptReader
{
    // No user has more scripts on a server that is configured as the docs say.
    private const int MaxScripts = 20;

    public static async Task<ActiveScript> ReadAsync(ManageSieveClient client, CancellationToken cancellationToken)
    {
        var names = (await client.ListScriptsAsync(cancellationToken)).ToList();
        if (names.Find(s => s.IsActive)?.Name is not { } active) return new(null, ScriptSummary.Empty, false);
        var text = await client.GetScriptAsync(active, cancellationToken);
        var header = active == SieveScripts.Name ? ScriptHeader.Read(text) : null;
        var own = header is null ? active : header.Before?.Name;
        var isSetAside = header?.Before is { Aside.Count: > 0 };
        // Pages show the panel's own vacation elsewhere. The rest of the text is examined anyway: another program may have written it.
        var summary = ScriptSummary.Of(text);
        if (header is not null) summary = summary with { Answers = false };
        if (isSetAside) summary = summary with { Includes = [.. summary.Includes, own!] };
        return new(
            own, await FollowAsync(client, active, summary, names.Select(n => n.Name).ToHashSet(StringComparer.Ordinal), cancellationToken),
            isSetAside);
    }

    private static async Task<ScriptSummary> FollowAsync(
        ManageSieveClient client, string active, ScriptSummary summary, HashSet<string> present, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>([active], StringComparer.Ordinal);
        while (summary.Includes.FirstOrDefault(i => present.Contains(i) && !seen.Contains(i)) is { } next)
        {
            if (!seen.Add(next) || seen.Count > MaxScripts) return summary with { IncludesUnknown = true };
            summary = summary.With(ScriptSummary.Of(await client.GetScriptAsync(next, cancellationToken)));
        }
        return summary;
    }
}
