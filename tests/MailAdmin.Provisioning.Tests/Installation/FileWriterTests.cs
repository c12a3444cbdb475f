using MailAdmin.Core.Secrets;
using MailAdmin.Provisioning.Installation;
using MailAdmin.Testing;

namespace MailAdmin.Provisioning.Tests.Installation;

[Trait("Lane", "unit")]
public sealed class FileWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Certificate => Path.Combine(_folder.Path, "certificate.pem");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void If_the_key_can_not_be_written_the_certificate_stays_the_old_one()
    {
        File.WriteAllText(Certificate, "old");
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");

        Assert.ThrowsAny<IOException>(() => FileWriter.WriteTogether([New(Certificate), New(Path.Combine(file, "key.pem"))]));

        Assert.Equal("old", File.ReadAllText(Certificate));
        Assert.Equal([Certificate, file], Directory.EnumerateFileSystemEntries(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_link_stays_a_link_and_its_target_gets_the_content_and_the_mode()
    {
        var target = Path.Combine(_folder.Path, "target");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(Certificate, target);

        FileWriter.WriteTogether([New(Certificate)]);

        Assert.Equal(target, new FileInfo(Certificate).LinkTarget);
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(FileChange.ForGroup, File.GetUnixFileMode(target));
    }

    private (string, byte[], UnixFileMode, FileOwnership) New(string path) =>
        (path, "new"u8.ToArray(), FileChange.ForGroup, FileOwnership.Of(_folder.Path));
}
