namespace MailAdmin.Core.Routing;

/// <summary>
/// One row of a Postfix map, exactly as Postfix is to see it. A removed key stays as a row without value until every follower has passed
/// its change.
/// </summary>
public sealed class MapEntry
{
    public PostfixMap Map { get; set; }

    public required string Key { get; set; }

    /// <summary>Null if the key is to be absent.</summary>
    public string? Value { get; set; }

    /// <summary>The change that wrote it last.</summary>
    public long Sequence { get; set; }

    public MapOwner Owner { get; set; }

    public long OwnerId { get; set; }
}

/// <summary>The maps of main.cf; <see cref="PostfixMaps.FileName"/> names their files.</summary>
public enum PostfixMap
{
    Domains,
    Virtual,
    Refused,
    Transport,
    RelayDomains,
    Senders,
    NoSending,
}

/// <summary>The kind of model row that a map row is computed from.</summary>
public enum MapOwner
{
    Store,
    Domain,
    Account,
    Address,
}

public static class PostfixMaps
{
    public static IReadOnlyList<PostfixMap> All { get; } = Enum.GetValues<PostfixMap>();

    /// <summary>The file's name in the folder of the maps, without extension.</summary>
    public static string FileName(this PostfixMap map) => map switch
    {
        PostfixMap.Domains => "domains",
        PostfixMap.Virtual => "virtual",
        PostfixMap.Refused => "refused",
        PostfixMap.Transport => "transport",
        PostfixMap.RelayDomains => "relay_domains",
        PostfixMap.Senders => "senders",
        PostfixMap.NoSending => "no_sending",
        _ => throw new ArgumentOutOfRangeException(nameof(map), map, null),
    };
}

/// <summary>A mail host that copies the maps, and its progress.</summary>
public sealed class MapFollower
{
    public required string Host { get; set; }

    /// <summary>The last change whose rows are certainly in all of the host's maps.</summary>
    public long Position { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    /// <summary>postmap's own message if the last attempt failed.</summary>
    public string? LastError { get; set; }
}
