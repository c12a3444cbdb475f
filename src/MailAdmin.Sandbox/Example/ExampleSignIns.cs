using System.Text.Json;

namespace MailAdmin.Sandbox.Example;

/// <summary>The passwords of the example, which are in the database as hashes alone.</summary>
/// <param name="Superuser">Null when there is no example: the first-run set-up makes the superuser.</param>
public sealed record ExampleSignIns(SignIn? Superuser, IReadOnlyList<SandboxAccount> Accounts)
{
    public static ExampleSignIns None { get; } = new(null, []);

    /// <summary>Those of an earlier start, else new ones with their example, else none.</summary>
    internal static async Task<ExampleSignIns> EnsureAsync(SandboxFolder folder, bool empty, CancellationToken cancellation)
    {
        if (File.Exists(folder.SignIns))
            return JsonSerializer.Deserialize<ExampleSignIns>(await File.ReadAllTextAsync(folder.SignIns, cancellation)) ?? None;

        var signIns = empty ? None : await ExampleData.FillAsync(folder.Database, cancellation);
        FileModes.WritePrivate(folder.SignIns, JsonSerializer.Serialize(signIns));
        return signIns;
    }
}
