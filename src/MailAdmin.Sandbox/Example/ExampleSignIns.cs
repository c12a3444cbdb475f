using System.Text.Json;

namespace MailAdmin.Sandbox.Example;

/// <summary>The passwords of the example; the database has only their hashes.</summary>
/// <param name="Superuser">Null without an example: the first-run set-up creates the superuser.</param>
public sealed record ExampleSignIns(SignIn? Superuser, IReadOnlyList<SandboxAccount> Accounts)
{
    public static ExampleSignIns None { get; } = new(null, []);

    /// <summary>
    /// Returns the passwords of an earlier start; otherwise fills the example and returns new ones, or none if it is to be empty.
    /// </summary>
    internal static async Task<ExampleSignIns> EnsureAsync(SandboxFolder folder, bool empty, CancellationToken cancellationToken)
    {
        if (File.Exists(folder.SignIns))
            return JsonSerializer.Deserialize<ExampleSignIns>(await File.ReadAllTextAsync(folder.SignIns, cancellationToken)) ?? None;

        var signIns = empty ? None : await ExampleData.FillAsync(folder.Database, cancellationToken);
        FileModes.WritePrivate(folder.SignIns, JsonSerializer.Serialize(signIns));
        return signIns;
    }
}
