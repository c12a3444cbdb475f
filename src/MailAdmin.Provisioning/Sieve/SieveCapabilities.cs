namespace MailAdmin.Provisioning.Sieve;

/// <summary>The server's capabilities (RFC 5804, section 1.7). Before the sign-in there may be fewer.</summary>
/// <param name="Extensions">The extensions that a script may require, in lower case.</param>
/// <param name="Mechanisms">SASL mechanisms, in upper case.</param>
/// <param name="Owner">The user that the connection is signed in as, if the server announces it.</param>
/// <param name="Implementation">The server's name, in its own words.</param>
internal sealed record SieveCapabilities(
    IReadOnlySet<string> Extensions, IReadOnlySet<string> Mechanisms, bool StartTls, string? Owner, string Implementation = "")
{
    /// <summary>
    /// Whether script names are listed without the escapes that RFC 5804 requires, as Cyrus does: <c>"a\\b"</c> has two backslashes.
    /// </summary>
    public bool ListsNamesVerbatim => Implementation.StartsWith("Cyrus", StringComparison.OrdinalIgnoreCase);

    public static SieveCapabilities Of(SieveResponse response)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in response.Lines) values.TryAdd(line[0].Text, line.Count > 1 ? line[1].Text : "");
        return new(
            Words(values, "SIEVE").Select(w => w.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal),
            Words(values, "SASL").Select(w => w.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal),
            values.ContainsKey("STARTTLS"),
            values.GetValueOrDefault("OWNER"),
            values.GetValueOrDefault("IMPLEMENTATION", ""));
    }

    private static string[] Words(Dictionary<string, string> values, string name) =>
        values.GetValueOrDefault(name, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
