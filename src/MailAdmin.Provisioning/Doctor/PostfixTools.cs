using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>postconf(1) of this host's Postfix.</summary>
internal static class PostfixTools
{
    /// <summary>Folder of main.cf.</summary>
    public static string FolderOf(MapOptions maps) => maps.ConfigDirectory ?? "/etc/postfix";

    public static Task<ToolResult> PostconfAsync(this MapOptions maps, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // It is installed beside postmap.
        var program = Path.Combine(Path.GetDirectoryName(maps.Postmap) ?? "", "postconf");
        return Tool.RunAsync(program, maps.ConfigDirectory is { } folder ? ["-c", folder, .. arguments] : arguments, cancellationToken);
    }
}
