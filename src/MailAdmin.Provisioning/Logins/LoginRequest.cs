namespace MailAdmin.Provisioning.Logins;

/// <summary>A mail server's request.</summary>
/// <param name="User">The name as the client gave it, or the part before its @.</param>
/// <param name="Password">Its octets, unchanged.</param>
/// <param name="Service">The server's service: <c>imap</c>, <c>pop</c>, <c>sieve</c>, <c>smtp</c>.</param>
/// <param name="Realm">The part after the @, or empty.</param>
internal sealed record LoginRequest(string User, ReadOnlyMemory<byte> Password, string Service, string Realm)
{
    /// <summary>The id of the asking server process, which serves one client at a time; 0 if it is not visible.</summary>
    public int Process { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Service} login";
}

/// <summary>The answer to a <see cref="LoginRequest"/>.</summary>
internal enum LoginVerdict
{
    /// <summary>
    /// The verdict can't be known now: no answer is sent, which the client sees as a temporary failure (454), so that it tries again.
    /// </summary>
    Unknown,

    /// <summary>Refused permanently (535).</summary>
    No,

    Ok,
}
