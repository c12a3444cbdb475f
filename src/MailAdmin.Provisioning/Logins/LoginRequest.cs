namespace MailAdmin.Provisioning.Logins;

/// <summary>What a mail server asks.</summary>
/// <param name="User">The name as the client gave it, or what stood before its @.</param>
/// <param name="Password">Its octets as they came.</param>
/// <param name="Service">Which server asks: <c>imap</c>, <c>pop</c>, <c>sieve</c>, <c>smtp</c>.</param>
/// <param name="Realm">What stood behind the @, or nothing.</param>
internal sealed record LoginRequest(string User, ReadOnlyMemory<byte> Password, string Service, string Realm)
{
    /// <summary>The asking server's process, which serves one client at a time; 0 where that can't be seen.</summary>
    public int Process { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Service} login";
}

/// <summary>The answer to a <see cref="LoginRequest"/>.</summary>
internal enum LoginVerdict
{
    /// <summary>
    /// It can't be known now: no answer is given, which is a temporary failure to the client (454), so that it tries again.
    /// </summary>
    Unknown,

    /// <summary>Refused for good (535).</summary>
    No,

    Ok,
}
