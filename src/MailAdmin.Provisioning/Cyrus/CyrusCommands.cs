namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Single commands that bypass MailKit, for what MailKit reads in 32 bits or does not support.</summary>
internal static class CyrusCommands
{
    /// <summary>Sends one command, which has to succeed.</summary>
    /// <param name="take">Gets the words of each untagged line; null ignores them.</param>
    /// <returns>The command's completion, such as <c>OK Completed</c>.</returns>
    /// <exception cref="CyrusRefusedException">The server answered NO or BAD.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    public static async Task<string> AskAsync(
        this CyrusSession session, CyrusStep step, string command, CancellationToken cancellationToken, Action<List<string>>? take = null)
    {
        var ends = await session.SendAsync(step, [command], (_, line) => take?.Invoke(ImapText.Words(line)), cancellationToken);
        return IsOk(ends[0]) ? ends[0] : throw new CyrusRefusedException(step, WordsOf(ends[0]));
    }

    public static bool IsOk(string end) => end.StartsWith("OK", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a refusal means that the mailbox does not exist. Cyrus 3.6 sends no response code for that (NONEXISTENT, RFC 5530); the
    /// words are the same in every version.
    /// </summary>
    public static bool IsAbsence(string words) => words.Contains("Mailbox does not exist", StringComparison.OrdinalIgnoreCase);

    /// <summary>The text after the NO of a completion.</summary>
    public static string WordsOf(string end) => end.Split(' ', 2) is [_, var words] ? words : end;
}
