using MailAdmin.Core.Results;

namespace MailAdmin.Core.Aliases;

/// <summary>Why an alias or a destination can't be as asked.</summary>
public static class AliasProblems
{
    public static Problem NotFound { get; } = new("AliasNotFound");
    public static Problem DestinationNotFound { get; } = new("DestinationNotFound");
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    public static Problem UnknownUsername(string name) => new("DestinationUnknownUsername", "Destinations", name);

    public static Problem UnknownAddress(string address) => new("DestinationUnknownAddress", "Destinations", address);

    public static Problem Malformed(string text) => new("DestinationMalformed", "Destinations", text);

    public static Problem Duplicate(string text) => new("DestinationDuplicate", "Destinations", text);

    public static Problem SameMailbox(string text, string username) => new("DestinationSameMailbox", "Destinations", text, username);

    public static Problem ExternalForbidden(string text, string domain) => new("DestinationExternalForbidden", "Destinations", text, domain);

    public static Problem Itself(string address) => new("DestinationItself", "Destinations", address);

    /// <param name="path">The addresses of the loop: a@x → b@x → a@x.</param>
    public static Problem Loop(string path) => new("DestinationLoop", "Destinations", path);

    public static Problem TooMany(string alias, int limit) => new("DestinationTooMany", "Destinations", alias, limit);
}
