namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Single commands past MailKit, for what it reads in 32 bits or does not know.</summary>
internal static class CyrusCommands
{
    /// <summary>One command that has to succeed.</summary>
    /// <param name="take">Gets the words of each untagged line; null where none matter.</param>
    /// <returns>How it ended, as <c>OK Completed</c>.</returns>
    /// <exception cref="CyrusRefusedException">The server answered NO or BAD.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    public static async Task<string> AskAsync(
        this CyrusSession session, CyrusStep step, string command, CancellationToken cancellation, Action<List<string>>? take = null)
    {
        var ends = await session.SendAsync(step, [command], (_, line) => take?.Invoke(ImapText.Words(line)), cancellation);
        return IsOk(ends[0]) ? ends[0] : throw new CyrusRefusedException(step, WordsOf(ends[0]));
    }

    public static bool IsOk(string end) => end.StartsWith("OK", StringComparison.OrdinalIgnoreCase);

    /// <summary>3.6 has no response code for it (RFC 5530, NONEXISTENT); the words are the same in every version.</summary>
    public static bool IsAbsence(string words) => words.Contains("Mailbox does not exist", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a server said behind its NO.</summary>
    public static string WordsOf(string end) => end.Split(' ', 2) is [_, var words] ? words : end;
}
