using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using MailAdmin.Core.Secrets;

namespace MailAdmin.Core.Backups;

/// <summary>
/// A backup in one file: a tar archive compressed by gzip, encrypted if there is a passphrase. Its first entry is the manifest, with length
/// and SHA-256 of the others (docs/decisions/0042).
/// </summary>
/// <param name="file">Its path.</param>
/// <param name="passphrase">Null for an archive that is not encrypted.</param>
public sealed class BackupArchive(string file, string? passphrase)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private string Partial => file + ".partial";

    /// <summary>Writes the archive, reads it back, and only then gives it its name.</summary>
    /// <param name="manifest">Names all files.</param>
    /// <param name="places">The path of each entry's file.</param>
    /// <param name="cancellationToken">Stops; nothing is left.</param>
    /// <exception cref="IOException">The archive exists already, or the disk is full; nothing is left.</exception>
    public async Task WriteAsync(
        BackupManifest manifest, IReadOnlyDictionary<string, string> places, CancellationToken cancellationToken)
    {
        if (File.Exists(file)) throw new IOException($"{file} exists already.");
        File.Delete(Partial);
        try
        {
            await using (var target = PrivateFiles.OpenAlone(Partial))
            {
                await WriteAsync(target, manifest, places, cancellationToken);
                target.Flush(flushToDisk: true);
            }
            await new BackupArchive(Partial, passphrase).CheckAsync(cancellationToken);
            File.Move(Partial, file);
        }
        finally
        {
            File.Delete(Partial);
        }
    }

    /// <summary>Reads all of it, and compares everything with the manifest.</summary>
    /// <exception cref="BackupException">It is no backup, is damaged or cut off, or the passphrase is another one.</exception>
    public Task<BackupManifest> CheckAsync(CancellationToken cancellationToken) =>
        WalkAsync((_, entry) => entry.CopyToAsync(Stream.Null, cancellationToken), cancellationToken);

    /// <summary>Writes entries to files that do not exist yet, which nobody else can read.</summary>
    /// <param name="places">The path for each entry; others are left out.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="BackupException">As for <see cref="CheckAsync"/>.</exception>
    public Task<BackupManifest> ExtractAsync(IReadOnlyDictionary<string, string> places, CancellationToken cancellationToken) =>
        WalkAsync(async (name, entry) =>
        {
            if (!places.TryGetValue(name, out var place)) await entry.CopyToAsync(Stream.Null, cancellationToken);
            else
            {
                await using var target = PrivateFiles.OpenAlone(place);
                await entry.CopyToAsync(target, cancellationToken);
                target.Flush(flushToDisk: true);
            }
        }, cancellationToken);

    private async Task WriteAsync(
        FileStream target, BackupManifest manifest, IReadOnlyDictionary<string, string> places, CancellationToken cancellationToken)
    {
        await using var cipher = passphrase is null ? null : new EncryptingStream(target, passphrase);
        await using (var packed = new GZipStream(cipher ?? (Stream)target, CompressionLevel.Optimal, leaveOpen: true))
        await using (var tar = new TarWriter(packed, TarEntryFormat.Pax, leaveOpen: true))
        {
            using var first = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, Json));
            await tar.WriteEntryAsync(EntryOf(BackupManifest.FileName, first), cancellationToken);
            foreach (var entry in manifest.Entries)
            {
                await using var source = File.OpenRead(places[entry.Name]);
                await tar.WriteEntryAsync(EntryOf(entry.Name, source), cancellationToken);
            }
        }
        cipher?.Complete();
    }

    private static PaxTarEntry EntryOf(string name, Stream content) =>
        new(TarEntryType.RegularFile, name) { DataStream = content, Mode = PrivateFiles.FileMode };

    private async Task<BackupManifest> WalkAsync(Func<string, Stream, Task> take, CancellationToken cancellationToken)
    {
        await using var source = File.OpenRead(file);
        try
        {
            await using var plain = Open(source);
            await using var unpacked = new GZipStream(plain, CompressionMode.Decompress, leaveOpen: true);
            await using var counted = new CountingStream(unpacked);
            await using var tar = new TarReader(counted, leaveOpen: true);
            var manifest = await ManifestAsync(tar, cancellationToken);
            foreach (var expected in manifest.Entries)
            {
                var entry = await tar.GetNextEntryAsync(copyData: false, cancellationToken);
                if (entry?.Name != expected.Name) throw new InvalidDataException($"{expected.Name} is missing.");
                await CompareAsync(expected, entry.DataStream ?? Stream.Null, take);
            }
            // The cipher's last chunk says whether it is the end.
            await counted.CopyToAsync(Stream.Null, cancellationToken);
            if (plain is BufferedStream) CheckEnd(source, counted.Octets);
            return manifest;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException or FormatException)
        {
            throw new BackupException(BackupProblems.Damaged(file, e.Message), e);
        }
    }

    // RFC 1952: the last four octets are the length of what was compressed. .NET does not compare it.
    private static void CheckEnd(FileStream source, long octets)
    {
        Span<byte> end = stackalloc byte[sizeof(uint)];
        source.Position = source.Length - end.Length;
        source.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != (uint)octets) throw new InvalidDataException("Its end is missing.");
    }

    private static async Task CompareAsync(BackupEntry expected, Stream content, Func<string, Stream, Task> take)
    {
        using var sum = SHA256.Create();
        await using var summed = new CryptoStream(content, sum, CryptoStreamMode.Read, leaveOpen: true);
        await take(expected.Name, summed);
        if (Convert.ToHexStringLower(sum.Hash!) != expected.Sha256) throw new InvalidDataException($"{expected.Name} is another one.");
    }

    private static async Task<BackupManifest> ManifestAsync(TarReader tar, CancellationToken cancellationToken)
    {
        var first = await tar.GetNextEntryAsync(copyData: true, cancellationToken);
        if (first is not { Name: BackupManifest.FileName, DataStream: { } content }) throw new InvalidDataException("It has no manifest.");
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(content, Json, cancellationToken)
            ?? throw new InvalidDataException("The manifest is empty.");
        return manifest.Format == BackupManifest.CurrentFormat
            ? manifest
            : throw new BackupException(BackupProblems.FormatUnknown(manifest.Version));
    }

    private Stream Open(FileStream source)
    {
        Span<byte> start = stackalloc byte[PassphraseKey.Name.Length];
        var length = source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        source.Position = 0;
        if (start[..length].SequenceEqual(PassphraseKey.Name))
            return new DecryptingStream(source, passphrase ?? throw new BackupException(BackupProblems.PassphraseMissing(file)));
        if (length < 2 || start[0] != 0x1f || start[1] != 0x8b) throw new BackupException(BackupProblems.NotABackup(file));
        // Somebody may have put it in the place of the encrypted one.
        return passphrase is null
            ? new BufferedStream(source) : throw new BackupException(BackupProblems.NotEncrypted(file));
    }
}
