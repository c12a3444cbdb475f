using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailAdmin.Core.Secrets;
using MailAdmin.Provisioning.Doctor;
using MailAdmin.Provisioning.Installation;
using MailAdmin.Web.Commands.Install;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Commands.Install;

[Trait("Lane", "unit")]
public sealed partial class PrerequisitesTests : IDisposable
{
    private readonly FreshDebian _debian = new();

    public void Dispose() => _debian.Dispose();

    [Fact]
    public void Missing_packages_and_the_missing_user_are_named()
    {
        File.Delete(_debian.In("usr/lib/cyrus/bin/pop3d"));
        File.Delete(_debian.In("usr/sbin/postsrsd"));
        _debian.Write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        var root = new SystemRoot(_debian.Path);

        var told = Prerequisites.Obstacles(root, UnixAccounts.Read(root)).Select(o => $"{o.Code} {o.Args[0]}");

        Assert.Equal(["UserMissing mailadmin", "PackagesMissing cyrus-pop3d postsrsd"], told);
    }

    [Fact]
    public void The_process_that_has_a_port_is_found()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var owner = ListeningPorts.Read().OwnerOf(((IPEndPoint)listener.LocalEndpoint).Port);

        Assert.Equal(Environment.ProcessId, owner?.Id);
    }

    [Fact] // S2
    public void Who_is_in_the_group_of_a_folder_may_pass_and_others_may_not()
    {
        var folder = Directory.CreateDirectory(_debian.In("run")).FullName;
        File.SetUnixFileMode(folder, PrivateFiles.FolderMode | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        _debian.Write("run/lmtp", "");
        File.SetUnixFileMode(_debian.In("run/lmtp"), FileModes.Entered | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite);
        var group = FileOwnership.Of(folder).Group;
        _debian.Write("etc/group", $"files:x:{group}:postfix\n");
        _debian.Write("etc/passwd", "postfix:x:60101:60103::/:\nother:x:60102:60103::/:\n");
        var access = new UnixAccess(UnixAccounts.Read(new SystemRoot(_debian.Path)));

        Assert.Null(access.ConnectingRefusedBy("postfix", _debian.In("run/lmtp")));
        Assert.Equal(folder, access.ConnectingRefusedBy("other", _debian.In("run/lmtp")));
    }

    [Fact]
    public void A_certificate_is_taken_only_with_its_key_for_its_name_and_in_its_time()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (mine, other) = (CertificatePair.SelfSigned(["mail.example.org"], now), CertificatePair.SelfSigned(["mail.example.org"], now));
        var (certificate, key, wrongKey) = (_debian.In("c.pem"), _debian.In("k.pem"), _debian.In("w.pem"));
        File.WriteAllBytes(certificate, mine.Certificate);
        File.WriteAllBytes(key, mine.Key);
        File.WriteAllBytes(wrongKey, other.Key);

        Assert.Equal(mine.Key, CertificatePair.Read(certificate, key, "mail.example.org", now).Pair!.Key);
        Assert.Equal("CertificateOfOther", CertificatePair.Read(certificate, key, "mx.example.org", now).Obstacle!.Code);
        Assert.Equal("CertificateUnusable", CertificatePair.Read(certificate, wrongKey, "mail.example.org", now).Obstacle!.Code);
        Assert.Equal("CertificateExpired", CertificatePair.Read(certificate, key, "mail.example.org", now.AddYears(20)).Obstacle!.Code);
        Assert.Equal("FileMissing", CertificatePair.Read(_debian.In("none"), key, "mail.example.org", now).Obstacle!.Code);
    }

    [Fact]
    public void A_list_of_tables_is_split_between_the_tables_alone() => Assert.Equal(
        ["inline:{ a@x=b@y, c@x=d@y }", "pipemap:{ regexp:{ { /^(SRS0=.*)$/ $1 } }, tcp:127.0.0.1:10002 }", "lmdb:/maps/virtual"],
        TableList.Of("inline:{ a@x=b@y, c@x=d@y }, pipemap:{ regexp:{ { /^(SRS0=.*)$/ $1 } }, tcp:127.0.0.1:10002 }, lmdb:/maps/virtual\n"));

    [Fact]
    public void Every_obstacle_has_its_text_and_no_text_is_unused()
    {
        var folders = (string[])[Path.Combine(SourceFiles.Root, "src", "MailAdmin.Provisioning", "Installation"),
            Path.Combine(SourceFiles.Root, "src", "MailAdmin.Web", "Commands", "Install")];
        var codes = folders.SelectMany(f => Directory.EnumerateFiles(f, "*.cs")).SelectMany(f => Codes().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups["code"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(codes.Order(StringComparer.Ordinal), Texts.Read(typeof(ObstacleTexts), "en").Keys.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"new(?: Obstacle)?\(""(?<code>[A-Z][a-z]\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Codes();
}
