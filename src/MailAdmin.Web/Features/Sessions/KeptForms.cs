using Microsoft.Extensions.Primitives;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>A form that was submitted after the session had ended.</summary>
/// <param name="Action">The URL that it was submitted to.</param>
/// <param name="Page">The page that contained it.</param>
public sealed record KeptForm(string Action, string Page, IReadOnlyList<(string Name, string Value)> Fields, DateTimeOffset Until);

/// <summary>
/// Keeps a form that was submitted after a session had ended, until the session's admin has signed in again and resubmits it. Forms are in
/// memory, for half an hour, one for each admin, and never contain a password or another secret.
/// </summary>
public sealed class KeptForms(TimeProvider clock)
{
    internal const int MaxOctets = 64 * 1024;
    internal const int MaxForms = 500;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    // Parts of the names of fields that contain secrets, or are valid for one page only.
    private static readonly string[] Secrets = ["password", "confirmation", "present", "code", "credential", "token", "key", "ticket",
        "proposal"];

    private readonly Lock _lock = new();
    private readonly Dictionary<long, KeptForm> _forms = [];

    public void Keep(long adminId, string action, string page, IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        var fields = form.Where(f => !IsSecret(f.Key)).SelectMany(f => f.Value.Select(v => (f.Key, v ?? ""))).ToList();
        if (fields.Count == 0) return;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            foreach (var (id, old) in _forms)
            {
                if (old.Until <= now) _forms.Remove(id);
            }
            if (_forms.Count < MaxForms || _forms.ContainsKey(adminId))
                _forms[adminId] = new KeptForm(action, page, fields, now + Lifetime);
        }
    }

    /// <summary>Null if there is no form, or it has expired.</summary>
    public KeptForm? Find(long adminId)
    {
        lock (_lock) return _forms.TryGetValue(adminId, out var form) && form.Until > clock.GetUtcNow() ? form : null;
    }

    private static bool IsSecret(string name) => Secrets.Any(s => name.Contains(s, StringComparison.OrdinalIgnoreCase));
}
