using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// The services through which outgoing forwarded mail passes, each <c>HOST:PORT</c>: section <c>Forwarding</c> of the settings file.
/// </summary>
public sealed class ForwardingSettings
{
    /// <summary>The Postfix listener that rewrites senders.</summary>
    [Required]
    public string Listener { get; init; } = "127.0.0.1:10588";

    /// <summary>Where postsrsd rewrites senders.</summary>
    [Required]
    public string SrsForward { get; init; } = "127.0.0.1:10001";

    /// <summary>Where postsrsd looks up the original sender of a rewritten one.</summary>
    [Required]
    public string SrsReverse { get; init; } = "127.0.0.1:10002";
}
