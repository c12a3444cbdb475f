using MailAdmin.Core.Results;

namespace MailAdmin.Core.Aliases;

/// <summary>Reasons why an alias or a destination cannot be as requested.</summary>
public static class AliasProblems
{
    public static Problem NotFound { get; } = new("AliasNotFound");
    public static Problem DestinationNotFound { get; } = new("DestinationNotFound");
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    public static Problem UnknownName(string name, string domain) => new("DestinationUnknownName", "Destinations", name, domain);

    /// <summary>The mail host has a few addresses of its own; mail to any other address under its names would bounce.</summary>
    public static Problem HostName(string address, string host) => new("DestinationHostName", "Destinations", address, host);

    public static Problem UnknownAddress(string address) => new("DestinationUnknownAddress", "Destinations", address);

    public static Problem ExternalForbidden(string address) => new("DestinationExternalForbidden", "Destinations", address);

    public static Problem Malformed(string text) => new("DestinationMalformed", "Destinations", text);

    public static Problem Duplicate(string text) => new("DestinationDuplicate", "Destinations", text);

    public static Problem SameMailbox(string text, string username) => new("DestinationSameMailbox", "Destinations", text, username);

    public static Problem Itself(string address) => new("DestinationItself", "Destinations", address);

    internal const string LoopCode = "DestinationLoop";

    /// <param name="path">The addresses of the loop: a@x → b@x → a@x.</param>
    public static Problem Loop(string path) => new("DestinationLoop", "Destinations", path);

    public static Problem TooMany(string alias, int limit) => new("DestinationTooMany", "Destinations", alias, limit);
}
