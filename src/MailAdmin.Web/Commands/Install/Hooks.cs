using System.Net.Sockets;
using System.Text;
using MailAdmin.Provisioning.Installation;

namespace MailAdmin.Web.Commands.Install;

/// <summary>Files of other programs: what certbot runs after a renewal, and the site of nginx.</summary>
internal static class Hooks
{
    // certbot's package makes it; the folders of hooks in it come with certbot's first run.
    private const string CertbotFolder = "/etc/letsencrypt";
    private const string NginxFolder = "/etc/nginx/conf.d";
    private const string SampleName = "mail.example.org";

    /// <summary>The files for those programs that are installed.</summary>
    public static IEnumerable<FileChange> Files(SystemRoot root, InstallAnswers answers)
    {
        if (Directory.Exists(root.Of(CertbotFolder)))
            yield return new(
                $"{CertbotFolder}/renewal-hooks/deploy/mailadmin", Encoding.UTF8.GetBytes(Renewal(answers)), FileChange.Executable,
                default);
        const string site = $"{NginxFolder}/mailadmin.conf";
        if (!Directory.Exists(root.Of(NginxFolder)) || answers.PanelUrl is not { Scheme: "https", IsDefaultPort: true }) yield break;
        var present = File.Exists(root.Of(site)) ? File.ReadAllText(root.Of(site)) : null;
        // A site that somebody has changed is theirs.
        if (present is null || ConfigurationText.IsIntact(present))
            yield return FileChange.Of(site, ConfigurationText.Compose(Site(answers.PanelUrl.Host), present));
    }

    private static string Renewal(InstallAnswers answers) => $"""
        #!/bin/sh
        # certbot runs this after each renewal: Cyrus, Postfix and nginx get the new certificate.
        case " $RENEWED_DOMAINS " in
            *" {answers.Hostname.Value} "*) exec mailadmin certificate "$RENEWED_LINEAGE/fullchain.pem" "$RENEWED_LINEAGE/privkey.pem" ;;
        esac

        """;

    private static string Site(string host)
    {
        using var sample = typeof(Hooks).Assembly.GetManifestResourceStream("nginx.conf")!;
        using var reader = new StreamReader(sample);
        var lines = reader.ReadToEnd().Replace(SampleName, host, StringComparison.Ordinal).Split('\n');
        // Where the kernel has no IPv6, nginx would not start.
        return string.Join('\n', Socket.OSSupportsIPv6 ? lines : lines.Where(l => !l.Contains("listen [::]", StringComparison.Ordinal)));
    }
}
