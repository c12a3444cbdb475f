namespace MailAdmin.Provisioning.Installation;

/// <summary>
/// Mail that a server has before <c>mailadmin install</c> has ever run on it. With other names of mailboxes and other domains, Cyrus would
/// no longer find the mailboxes, and Postfix would bounce what waits.
/// </summary>
public static class ExistingMail
{
    private const string CyrusSpool = "/var/spool/cyrus/mail";
    private const string PostfixQueue = "/var/spool/postfix";

    // Each mailbox of Cyrus has one.
    private const string MailboxHeader = "cyrus.header";

    private static readonly string[] Queues = ["maildrop", "incoming", "active", "deferred", "hold"];

    public static IEnumerable<Obstacle> Obstacles(SystemRoot root)
    {
        if (Files(root.Of(CyrusSpool), MailboxHeader).FirstOrDefault() is { } first)
            yield return new("MailboxesExist", Path.GetDirectoryName(first)!) { MayBeReplaced = true };
        var waiting = Queues.Sum(q => Files(root.Of($"{PostfixQueue}/{q}"), "*").Count());
        if (waiting > 0) yield return new("QueueNotEmpty", waiting) { MayBeReplaced = true };
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = default })
        : [];
}
