using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Secrets;
using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Installation;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Commands.Install;

/// <summary>Certificate, key and passwords of an installation. What is there already stays.</summary>
internal sealed class InstallSecrets(SystemRoot root, UnixAccounts accounts, TimeProvider clock)
{
    private const string PostsrsdSecret = "/etc/postsrsd.secret";
    private const string MailGroup = "mail";
    private const int Octets = 24;

    /// <summary>The files of the certificate: the one that was named, or a self-signed one if there is none yet.</summary>
    public (IReadOnlyList<FileChange> Files, Obstacle? Obstacle) Certificate(InstallAnswers answers, MailLayout layout)
    {
        var (now, host) = (clock.GetUtcNow(), answers.Hostname.Value);
        if (answers.Certificate is { } named)
        {
            var (pair, wrong) = CertificatePair.Read(named.Certificate, named.Key, host, now);
            return pair is null ? ([], wrong) : (Files(pair, layout.Certificate, layout.CertificateKey), null);
        }
        if (File.Exists(root.Of(layout.Certificate)) && File.Exists(root.Of(layout.CertificateKey))) return ([], null);
        string[] names = [host, .. answers.PanelUrl.HostNameType == UriHostNameType.Dns ? [answers.PanelUrl.Host] : Array.Empty<string>()];
        return (Files(
            CertificatePair.SelfSigned([.. names.Distinct(StringComparer.OrdinalIgnoreCase)], now), layout.Certificate,
            layout.CertificateKey), null);
    }

    /// <summary>The administrator's password for Cyrus, and the secret of postsrsd.</summary>
    public IEnumerable<FileChange> Files(PanelSettings settings)
    {
        if (settings.Cyrus?.AdminPasswordFile is { } file && !File.Exists(root.Of(file)))
            yield return Secret(file, FileChange.ForGroup, accounts.User(Prerequisites.PanelUser)?.Group ?? 0);
        if (!File.Exists(root.Of(PostsrsdSecret))) yield return Secret(PostsrsdSecret, PrivateFiles.FileMode, 0);
    }

    /// <summary>Cyrus reads the key as its own user, Postfix as root.</summary>
    public IReadOnlyList<FileChange> Files(CertificatePair pair, string certificate, string key) =>
    [
        new(certificate, pair.Certificate, FileChange.Readable, default),
        new(key, pair.Key, FileChange.ForGroup, new(0, accounts.Group(MailGroup) ?? 0), IsSecret: true),
    ];

    private static FileChange Secret(string path, UnixFileMode mode, uint group) => new(
        path, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Octets)) + "\n"), mode, new(0, group),
        IsSecret: true);
}
