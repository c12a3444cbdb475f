using System.Diagnostics;

namespace MailAdmin.Testing.Servers;

/// <summary>
/// Debian's Dovecot, taken out of its packages. It can't be installed: the packages of Dovecot and Cyrus exclude each other, and apt
/// would remove Cyrus.
/// </summary>
internal static class DovecotPackage
{
    // The lists of packages may be missing on a fresh machine; only root can fetch them.
    private const string Unpack = """
        cd "$0" && packages="dovecot-core dovecot-imapd libexttextcat-2.0-0 liblua5.4-0"
        { apt-get download -q $packages || { apt-get update -q && apt-get download -q $packages; }; } &&
        for package in *.deb; do dpkg-deb -x "$package" . || exit 1; done && rm -f *.deb && chmod -R go+rX .
        """;

    private static readonly Lazy<string> Unpacked = new(Find);

    /// <summary>The folder in which the packages are unpacked.</summary>
    /// <exception cref="InvalidOperationException">They can't be fetched.</exception>
    public static string Folder => Unpacked.Value;

    private static string Find()
    {
        var kept = Path.Combine(AppContext.BaseDirectory, "dovecot");
        if (Directory.Exists(kept)) return kept;
        var folder = Directory.CreateTempSubdirectory("mailadmin-dovecot-package-").FullName;
        var start = new ProcessStartInfo("sh", ["-c", Unpack, folder]) { UseShellExecute = false, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"This test needs the package dovecot-imapd, which apt-get can't download:\n{errors}");
        CopyTo(kept, folder);
        return kept;
    }

    // Another process may have done the same meanwhile. A folder can't be moved to another file system.
    private static void CopyTo(string kept, string folder)
    {
        const string move = "cp -a \"$0\" \"$1.$$\" && mv -T \"$1.$$\" \"$1\"; rm -rf \"$1.$$\" \"$0\"";
        using var copy = Process.Start("sh", ["-c", move, folder, kept]);
        copy.WaitForExit();
    }
}
