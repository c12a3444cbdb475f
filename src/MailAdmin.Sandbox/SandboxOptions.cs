namespace MailAdmin.Sandbox;

/// <summary>What a sandbox is started with.</summary>
public sealed record SandboxOptions
{
    public const string DefaultFolder = "/var/lib/mailadmin-sandbox";

    /// <summary>Where everything lives. User cyrus must be able to enter it, so it cannot lie below root's home.</summary>
    public string Folder { get; init; } = DefaultFolder;

    /// <summary>Removes what an earlier sandbox left in the folder, mail and ports included.</summary>
    public bool Fresh { get; init; }

    /// <summary>Leaves the panel without the manual's example, to see its first-run set-up.</summary>
    public bool Empty { get; init; }

    /// <summary>The panel's port; null for one of the sandbox's own choice, or the one that it had before.</summary>
    public int? PanelPort { get; init; }

    /// <summary>Runs the login socket as a process of its own, as in production, instead of inside the panel.</summary>
    public bool SeparateLogins { get; init; }

    /// <summary>How long each daemon has until it must answer: 30 s by default, on a busy machine it takes 2 to 4.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Lines added to imapd.conf: for tests of limits, and of what happens when Cyrus does not start.</summary>
    public string CyrusSettings { get; init; } = "";

    /// <summary>Lines added to main.cf, likewise.</summary>
    public string PostfixSettings { get; init; } = "";
}
