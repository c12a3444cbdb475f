using System.ComponentModel.DataAnnotations;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Data;

/// <summary>Where the database is, and the mail host's own names.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Path of the SQLite file; its folder is created if it does not exist.</summary>
    [Required]
    public required string File { get; init; }

    /// <summary>
    /// File of the key that encrypts the database's secret columns; null for a file beside the database, <c>mailadmin.key</c> for
    /// <c>mailadmin.db</c>.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>Full path of the key file.</summary>
    public string SecretKeyFile => Path.GetFullPath(KeyFile ?? Path.ChangeExtension(File, ".key"));

    /// <summary>The mail store (STORE) that new domains use.</summary>
    public required DomainName StoreName { get; init; }

    /// <summary>Postfix transport to the store's LMTP service: <c>store:unix:/run/cyrus/socket/lmtp</c>.</summary>
    [Required]
    public required string StoreNextHop { get; init; }

    /// <summary>The mail host's own names and addresses.</summary>
    public MailHostNames Host { get; init; } = MailHostNames.None;

    /// <summary>The same installation with its database in another place.</summary>
    internal DatabaseOptions At(string file, string keyFile) => new()
    {
        File = file,
        KeyFile = keyFile,
        StoreName = StoreName,
        StoreNextHop = StoreNextHop,
        Host = Host,
    };
}
