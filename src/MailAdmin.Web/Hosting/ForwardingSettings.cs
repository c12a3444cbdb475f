using System.ComponentModel.DataAnnotations;

namespace MailAdmin.Web.Hosting;

/// <summary>Where forwarded mail passes on its way out, <c>HOST:PORT</c> each: section <c>Forwarding</c> of the settings file.</summary>
public sealed class ForwardingSettings
{
    /// <summary>The listener whose senders are rewritten.</summary>
    [Required]
    public string Listener { get; init; } = "127.0.0.1:10588";

    /// <summary>Where postsrsd rewrites senders.</summary>
    [Required]
    public string SrsForward { get; init; } = "127.0.0.1:10001";

    /// <summary>Where postsrsd finds the sender of a bounce.</summary>
    [Required]
    public string SrsReverse { get; init; } = "127.0.0.1:10002";
}
