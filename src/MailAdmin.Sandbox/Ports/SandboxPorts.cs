namespace MailAdmin.Sandbox.Ports;

/// <summary>
/// The loopback ports of one sandbox. Each ends with the digits of the well-known port that it stands for: 14143 is IMAP.
/// </summary>
public sealed record SandboxPorts
{
    public required int Panel { get; init; }
    public required int Imap { get; init; }
    public required int Imaps { get; init; }
    public required int Pop3 { get; init; }
    public required int Pop3s { get; init; }
    public required int Sieve { get; init; }

    /// <summary>Stands for port 25: accepts mail for hosted domains from anybody, and offers no sign-in.</summary>
    public required int Smtp { get; init; }

    /// <summary>Stands for port 465: TLS from the first octet, for mail of signed-in users.</summary>
    public required int Smtps { get; init; }

    /// <summary>Stands for port 587: STARTTLS, for mail of signed-in users.</summary>
    public required int Submission { get; init; }

    /// <summary>Accepts mail that Cyrus itself sends: vacation answers, Sieve redirects.</summary>
    public required int SieveSubmission { get; init; }

    /// <summary>Accepts outgoing forwarded mail, and rewrites its sender to one of the host's.</summary>
    public required int Forwarding { get; init; }

    /// <summary>postsrsd's port for rewriting senders.</summary>
    public required int SrsForward { get; init; }

    /// <summary>postsrsd's port for finding the original sender.</summary>
    public required int SrsReverse { get; init; }

    /// <summary>The sink that stands for all other mail servers.</summary>
    public required int Outside { get; init; }

    /// <param name="block">A multiple of a hundred.</param>
    internal static SandboxPorts InBlock(int block) => new()
    {
        Panel = block + 80,
        Imap = block + 43,
        Imaps = block + 93,
        Pop3 = block + 10,
        Pop3s = block + 95,
        Sieve = block + 90,
        Smtp = block + 25,
        Smtps = block + 65,
        Submission = block + 87,
        SieveSubmission = block + 86,
        Forwarding = block + 85,
        SrsForward = block + 84,
        SrsReverse = block + 83,
        Outside = block + 26,
    };

    internal IEnumerable<(string Name, int Port)> All() =>
    [
        ("panel", Panel), ("IMAP", Imap), ("IMAPS", Imaps), ("POP3", Pop3), ("POP3S", Pop3s), ("ManageSieve", Sieve),
        ("SMTP", Smtp), ("SMTPS", Smtps), ("submission", Submission), ("Sieve submission", SieveSubmission), ("forwarding", Forwarding),
        ("SRS", SrsForward), ("SRS back", SrsReverse), ("outside", Outside),
    ];
}
