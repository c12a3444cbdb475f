namespace MailAdmin.Sandbox;

/// <summary>Settings for starting a sandbox.</summary>
public sealed record SandboxOptions
{
    public const string DefaultFolder = "/var/lib/mailadmin-sandbox";

    /// <summary>The folder with all data. User cyrus must be able to enter it, so it cannot be below root's home.</summary>
    public string Folder { get; init; } = DefaultFolder;

    /// <summary>Removes everything that an earlier sandbox left in the folder, mail and ports included.</summary>
    public bool Fresh { get; init; }

    /// <summary>Starts the panel without the manual's example, to show its first-run set-up.</summary>
    public bool Empty { get; init; }

    /// <summary>The panel's port; null to let the sandbox choose one, or reuse the previous one.</summary>
    public int? PanelPort { get; init; }

    /// <summary>Runs the login socket as a process of its own, as in production, instead of inside the panel.</summary>
    public bool SeparateLogins { get; init; }

    /// <summary>Time until each daemon must answer: 30 s by default; on a busy machine it takes 2 to 4.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Lines added to imapd.conf, for tests of limits, and of what happens if Cyrus does not start.</summary>
    public string CyrusSettings { get; init; } = "";

    /// <summary>Lines added to main.cf, for the same purposes.</summary>
    public string PostfixSettings { get; init; } = "";
}
