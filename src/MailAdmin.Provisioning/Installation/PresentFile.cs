using System.Security.Cryptography;
using MailAdmin.Provisioning.Configuration;

namespace MailAdmin.Provisioning.Installation;

/// <summary>Who wrote a configuration file of a server that is to be replaced.</summary>
public enum Author
{
    /// <summary>There is no such file.</summary>
    Nobody,

    /// <summary>It is as Debian's package made it.</summary>
    Debian,

    /// <summary>It is as <c>mailadmin install</c> wrote it.</summary>
    Install,

    /// <summary><c>mailadmin install</c> wrote it, and somebody has changed it since.</summary>
    InstallChanged,

    /// <summary>Somebody else, whose settings would be lost.</summary>
    Somebody,
}

/// <summary>A configuration file as it is.</summary>
/// <param name="Author">Who wrote it.</param>
/// <param name="Own">For <see cref="Author.Somebody"/>: the settings that are not Debian's, as far as they are known.</param>
public sealed record PresentFile(Author Author, IReadOnlyList<string> Own)
{
    private const string MasterTemplate = "/usr/share/postfix/master.cf.dist";
    private const string PostsrsdTemplate = "/usr/share/postsrsd/postsrsd.template";
    private const string PackageStates = "/var/lib/dpkg/status";

    /// <param name="root">The system.</param>
    /// <param name="wanted">The file, with the text that it shall have.</param>
    public static PresentFile Of(SystemRoot root, ConfigurationFile wanted)
    {
        var path = root.Of(wanted.Path);
        if (!File.Exists(path)) return new(Author.Nobody, []);
        var text = File.ReadAllText(path);
        if (text == wanted.Text || ConfigurationText.IsIntact(text)) return new(Author.Install, []);
        if (ConfigurationText.IsOurs(text)) return new(Author.InstallChanged, []);
        if (wanted.Path == ConfigurationFiles.Main)
            return DebianMain.Foreign(text) is { Count: > 0 } foreign ? new(Author.Somebody, foreign) : new(Author.Debian, []);
        return new(IsDebians(root, wanted.Path, text) ? Author.Debian : Author.Somebody, []);
    }

    private static bool IsDebians(SystemRoot root, string path, string text) => path switch
    {
        ConfigurationFiles.Master => IsTemplate(root.Of(MasterTemplate), text),
        ConfigurationFiles.Postsrsd => IsTemplate(root.Of(PostsrsdTemplate), text),
        _ => IsAsPackaged(root, path, text),
    };

    // The package fills in the domain of the template.
    private static bool IsTemplate(string template, string text) => File.Exists(template)
        && Lines(File.ReadAllText(template)).SequenceEqual(Lines(text), StringComparer.Ordinal);

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Where(l => !l.StartsWith("SRS_DOMAIN=", StringComparison.Ordinal)
            && !l.StartsWith("#SRS_DOMAIN=", StringComparison.Ordinal));

    // " /etc/imapd.conf e0f99f40…": dpkg notes the MD5 of each conffile.
    private static bool IsAsPackaged(SystemRoot root, string path, string text)
    {
        if (!File.Exists(root.Of(PackageStates))) return false;
#pragma warning disable CA5351 // dpkg's own checksum, which protects nothing.
        var sum = Convert.ToHexStringLower(MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
        return File.ReadLines(root.Of(PackageStates)).Any(l => l.StartsWith($" {path} {sum}", StringComparison.Ordinal));
    }
}
