namespace MailAdmin.Provisioning.Sieve;

/// <summary>A command of a script that acts on a message.</summary>
/// <param name="Tags">Its tags, in lower case without colons.</param>
/// <param name="Argument">Its last string, which is the object of the action: an address, a script's name, a text.</param>
/// <param name="From">The string after <c>:from</c>, or null.</param>
/// <param name="IsConditional">The command is in a block.</param>
/// <param name="IsKept">Its block, or an enclosing one, keeps or files the message explicitly.</param>
internal sealed record SieveAction(string Name, IReadOnlySet<string> Tags, string? Argument, string? From, bool IsConditional, bool IsKept);

/// <summary>
/// Finds the actions of a script. It never fails, whatever the text: it is not a compiler, and the server has accepted the script.
/// </summary>
internal static class SieveActions
{
    private static readonly HashSet<string> Names = new(
        ["discard", "ereject", "fileinto", "include", "keep", "redirect", "reject", "vacation"], StringComparer.Ordinal);

    public static IReadOnlyList<SieveAction> Of(string script)
    {
        var words = SieveLexer.Words(script).ToList();
        var found = new List<(SieveAction Action, Block Block)>();
        var block = new Block(null);
        for (var at = 0; at < words.Count; at++)
        {
            if (IsSign(words[at], "{")) block = new Block(block);
            else if (IsSign(words[at], "}")) block = block.Around ?? block;
            else if (words[at].Kind == SieveWordKind.Identifier && Names.Contains(words[at].Text)) found.Add((Read(words, ref at), block));
            if (found.Count > 0 && found[^1].Block == block && found[^1].Action.Name is "keep" or "fileinto") block.Keeps = true;
        }
        return [.. found.Select(f => f.Action with { IsConditional = f.Block.Around is not null, IsKept = f.Block.IsKept })];
    }

    // Reads up to the command's semicolon and leaves at on the last word before it.
    private static SieveAction Read(List<SieveWord> words, ref int at)
    {
        var name = words[at].Text;
        var tags = new HashSet<string>(StringComparer.Ordinal);
        string? argument = null, from = null;
        for (; at + 1 < words.Count && !IsSign(words[at + 1], ";") && !IsSign(words[at + 1], "{") && !IsSign(words[at + 1], "}"); at++)
        {
            var word = words[at + 1];
            if (word.Kind == SieveWordKind.Tag) tags.Add(word.Text);
            if (word.Kind != SieveWordKind.String) continue;
            argument = word.Text;
            if (words[at] is { Kind: SieveWordKind.Tag, Text: "from" }) from = word.Text;
        }
        return new(name, tags, argument, from, false, false);
    }

    private static bool IsSign(SieveWord word, string sign) => word.Kind == SieveWordKind.Sign && word.Text == sign;

    private sealed class Block(Block? around)
    {
        public Block? Around => around;

        public bool Keeps { get; set; }

        public bool IsKept => Keeps || around is { IsKept: true };
    }
}
