using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailAdmin.Sandbox;

/// <summary>The content of <c>sandbox.json</c>: what a script needs to know about a running sandbox.</summary>
public sealed record SandboxDescription(
    PanelAccess Panel,
    Endpoint Imap,
    Endpoint Imaps,
    Endpoint Pop3,
    Endpoint Pop3s,
    Endpoint Sieve,
    Endpoint Smtp,
    Endpoint Smtps,
    Endpoint Submission,
    SignIn CyrusAdmin,
    IReadOnlyList<SandboxAccount> Accounts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a password is to be copied as it is
    };

    public static SandboxDescription Read(string path) =>
        JsonSerializer.Deserialize<SandboxDescription>(File.ReadAllText(path), Json) ?? throw new InvalidDataException($"{path} is empty.");

    internal void Write(string path) => FileModes.WritePrivate(path, JsonSerializer.Serialize(this, Json));
}

/// <param name="User">Null, like the password, until the first-run set-up has created a superuser.</param>
public sealed record PanelAccess(string Url, string? User, string? Password);

public sealed record Endpoint(string Host, int Port);

public sealed record SignIn(string User, string Password);

/// <param name="Username">For IMAP, POP3, ManageSieve and SMTP.</param>
public sealed record SandboxAccount(string Username, string Address, string Password);
