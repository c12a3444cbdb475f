using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Data;

namespace MailAdmin.Core.Secrets;

/// <summary>
/// The key that encrypts the database's secret columns. It is in a file of its own, so that a copy of the database reveals no secrets
/// (docs/decisions/0031). It is read or created when it is first needed: a process that needs no secret never accesses it.
/// </summary>
public sealed class PanelKey(DatabaseOptions options)
{
    private const int KeyOctets = 32;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lazy<byte[]> _key = new(() => Read(options.SecretKeyFile));

    /// <summary>Whether the file has not gone since this process read the key; true as long as no key was needed.</summary>
    public bool IsKept => !_key.IsValueCreated || File.Exists(options.SecretKeyFile);

    /// <summary>A key for one purpose. Keys for different purposes reveal nothing about one another.</summary>
    internal byte[] DeriveFor(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Value, KeyOctets, info: Encoding.UTF8.GetBytes(purpose));

    // Two processes that start together must use the same key: the one that finds the file empty writes it while it has it open
    // exclusively.
    private static byte[] Read(string path)
    {
        PrivateFiles.EnsureFolder(Path.GetDirectoryName(path)!);
        for (; ; )
        {
            try
            {
                var text = File.Exists(path) ? File.ReadAllText(path).Trim() : "";
                if (text.Length == 0) text = Make(path);
                PrivateFiles.Tighten(path);
                return text.Length >= KeyOctets
                    ? Encoding.UTF8.GetBytes(text)
                    : throw new InvalidDataException($"The key in {path} is too short: {KeyOctets} characters are needed.");
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException) && File.Exists(path))
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private static string Make(string path)
    {
        using var file = PrivateFiles.OpenAlone(path);
        using var reader = new StreamReader(file, leaveOpen: true);
        if (reader.ReadToEnd().Trim() is { Length: > 0 } present) return present;
        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyOctets));
        file.Write(Encoding.ASCII.GetBytes(text + "\n"));
        file.Flush(flushToDisk: true);
        return text;
    }
}
