using System.Text;
using DiffPlex.Renderer;
using MailAdmin.Core.Secrets;

namespace MailAdmin.Provisioning.Installation;

/// <summary>A file with the content that it shall have.</summary>
/// <param name="Path">The path on the installed system.</param>
/// <param name="Content">Null: the file shall not exist.</param>
/// <param name="NewMode">The mode if the file is new; an existing one keeps its mode and owner, unless <paramref name="IsSecret"/>.</param>
/// <param name="NewOwner">The owner if the file is new.</param>
/// <param name="IsSecret">Its content is never shown, and its mode and owner are set in any case.</param>
public sealed record FileChange(string Path, byte[]? Content, UnixFileMode NewMode, FileOwnership NewOwner, bool IsSecret = false)
{
    private const string Nothing = "/dev/null";

    /// <summary>0644.</summary>
    public const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>0640.</summary>
    public const UnixFileMode ForGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>0755, of scripts.</summary>
    public const UnixFileMode Executable =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>A text file of root that everybody may read.</summary>
    public static FileChange Of(string path, string text) => new(path, Encoding.UTF8.GetBytes(text), Readable, default);

    /// <summary>Whether the file of that system differs.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public bool Changes(SystemRoot root)
    {
        var path = root.Of(Path);
        if (Content is null) return File.Exists(path);
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(Content)) return true;
        return IsSecret && (File.GetUnixFileMode(path) != NewMode || FileOwnership.Of(path) != NewOwner);
    }

    /// <summary>The change as a unified diff; for a secret, its header alone.</summary>
    public string Diff(SystemRoot root)
    {
        var present = File.Exists(root.Of(Path)) ? root.Of(Path) : null;
        var (old, changed) = (present is null ? Nothing : Path, Content is null ? Nothing : Path);
        if (IsSecret) return $"--- {old}\n+++ {changed}\n";
        if (present is null) return $"--- {old}\n+++ {changed}\n" + string.Concat(TextOf(Content).Split('\n').Select(l => $"+{l}\n"));
        return UnidiffRenderer.GenerateUnidiff(
            TextOf(File.ReadAllBytes(present)), TextOf(Content), old, changed, ignoreWhitespace: false);
    }

    // Every line ends: without the last end the renderer would show a line more.
    private static string TextOf(byte[]? content) => content is null ? "" : Encoding.UTF8.GetString(content).TrimEnd('\n');
}
