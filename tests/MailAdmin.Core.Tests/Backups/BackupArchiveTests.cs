using System.Security.Cryptography;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Secrets;

namespace MailAdmin.Core.Tests.Backups;

/// <summary>An archive is either read back exactly, or refused in a sentence.</summary>
public sealed class BackupArchiveTests : IDisposable
{
    private const string Passphrase = "Zeven koeien in de wei";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, 1_000_000)]
    [InlineData(Passphrase, 1_000_000)]
    [InlineData(Passphrase, 0)]
    public async Task What_was_written_is_read_back_and_nobody_else_can_read_it(string? passphrase, int octets)
    {
        var (file, content) = await WriteAsync(passphrase, octets);
        var place = In("extracted");

        var manifest = await new BackupArchive(file, passphrase).ExtractAsync(
            new Dictionary<string, string> { [BackupManifest.Database] = place }, Token);

        Assert.Equal(content, await File.ReadAllBytesAsync(place, Token));
        Assert.Equal(["mailadmin.db", "mailadmin.key"], manifest.Entries.Select(e => e.Name));
        if (!OperatingSystem.IsWindows()) Assert.Equal(PrivateFiles.FileMode, File.GetUnixFileMode(file) & File.GetUnixFileMode(place));
        Assert.Equal(["backup", "extracted", "source"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Passphrase)]
    public async Task One_that_was_cut_off_anywhere_is_refused(string? passphrase)
    {
        var (file, _) = await WriteAsync(passphrase, 200_000);
        var whole = await File.ReadAllBytesAsync(file, Token);
        int[] lengths = [whole.Length - 1, whole.Length - 5, whole.Length - 16, whole.Length / 2, 65_536 + 55, 700, 40];

        foreach (var length in lengths)
        {
            await File.WriteAllBytesAsync(file, whole[..length], Token);
            await RefusedAsync(file, passphrase, "BackupDamaged");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Passphrase)]
    public async Task One_that_was_changed_anywhere_is_refused(string? passphrase)
    {
        var (file, _) = await WriteAsync(passphrase, 200_000);
        var whole = await File.ReadAllBytesAsync(file, Token);

        foreach (var place in (int[])[60, 900, whole.Length / 3, whole.Length / 2, whole.Length - 3])
        {
            var changed = whole.ToArray();
            changed[place] ^= 1;
            await File.WriteAllBytesAsync(file, changed, Token);
            await RefusedAsync(file, passphrase, "BackupDamaged");
        }
    }

    [Fact]
    public async Task Chunks_can_be_neither_exchanged_nor_left_out()
    {
        var (file, _) = await WriteAsync(Passphrase, 400_000);
        var whole = await File.ReadAllBytesAsync(file, Token);
        var (start, chunk) = (PassphraseKey.HeaderOctets, ChunkCipher.ChunkOctets + ChunkCipher.TagOctets);
        byte[][] changed =
        [
            [.. whole[..start], .. whole[(start + chunk)..(start + (2 * chunk))], .. whole[start..(start + chunk)],
                .. whole[(start + (2 * chunk))..]],
            [.. whole[..start], .. whole[(start + chunk)..]],
            whole[..(start + (3 * chunk))],
        ];

        foreach (var octets in changed)
        {
            await File.WriteAllBytesAsync(file, octets, Token);
            await RefusedAsync(file, Passphrase, "BackupDamaged");
        }
    }

    [Fact]
    public async Task A_passphrase_has_to_be_the_right_one_and_there_only_if_it_is_encrypted()
    {
        var (file, _) = await WriteAsync(Passphrase, 1_000);
        await RefusedAsync(file, "another", "BackupPassphraseWrong");
        await RefusedAsync(file, null, "BackupPassphraseMissing");

        File.Delete(file);
        await WriteAsync(null, 1_000);
        await RefusedAsync(file, Passphrase, "BackupNotEncrypted");
    }

    [Fact]
    public async Task What_is_no_backup_is_called_so()
    {
        await File.WriteAllTextAsync(In("backup"), "zut", Token);

        await RefusedAsync(In("backup"), null, "BackupNotOne");
    }

    [Fact]
    public async Task An_existing_file_stays()
    {
        await File.WriteAllTextAsync(In("backup"), "mine", Token);

        await Assert.ThrowsAsync<IOException>(() => WriteAsync(null, 1_000));

        Assert.Equal("mine", await File.ReadAllTextAsync(In("backup"), Token));
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_archived_leaves_no_archive()
    {
        await Assert.ThrowsAsync<BackupException>(() => WriteAsync(null, 1_000, sum: new string('0', 64)));

        Assert.Equal(["source"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    private static async Task RefusedAsync(string file, string? passphrase, string code)
    {
        var refusal = await Assert.ThrowsAsync<BackupException>(() => new BackupArchive(file, passphrase).CheckAsync(Token));
        Assert.Equal(code, refusal.Problem.Code);
    }

    private async Task<(string File, byte[] Content)> WriteAsync(string? passphrase, int octets, string? sum = null)
    {
        // Random, so that compressing it does not make it shorter than a chunk.
        var content = RandomNumberGenerator.GetBytes(octets);
        await File.WriteAllBytesAsync(In("source"), content, Token);
        BackupEntry Entry(string name) =>
            new(name, "/var/lib/mailadmin/" + name, octets, sum ?? Convert.ToHexStringLower(SHA256.HashData(content)));
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat, "1.0", DateTimeOffset.UnixEpoch, "mx", "20261130180835_Initial", null, true,
            new(1, 2, 3, 4, 5), [Entry(BackupManifest.Database), Entry(BackupManifest.Key)]);
        await new BackupArchive(In("backup"), passphrase).WriteAsync(
            manifest, manifest.Entries.ToDictionary(e => e.Name, _ => In("source")), Token);
        return (In("backup"), content);
    }

    private string In(string name) => Path.Combine(_folder.Path, name);
}
