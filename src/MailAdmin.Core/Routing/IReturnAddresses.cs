using MailAdmin.Core.Addresses;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Recognizes the SRS return paths of forwarded mail: <c>SRS0=hash=time=example.org=ann@mx.example.net</c> stands for ann@example.org, and
/// its bounces go back there. Only the mail host's secret tells whether the mail host made such an address itself.
/// </summary>
public interface IReturnAddresses
{
    /// <param name="address">An address of that form, under the mail host's own name.</param>
    Task<ReturnAddress> FindAsync(AddrSpec address, CancellationToken cancellationToken);
}

/// <param name="State">What the mail host says about the address.</param>
/// <param name="Sender">The original sender; null unless the mail host made the address.</param>
public sealed record ReturnAddress(ReturnAddressState State, string? Sender = null);

public enum ReturnAddressState
{
    /// <summary>The mail host made it.</summary>
    Made,

    /// <summary>The mail host did not make it, or made it too long ago.</summary>
    Forged,

    /// <summary>The SRS service does not answer: mail to the address stays queued at its senders.</summary>
    Away,

    /// <summary>This process has no SRS service configured.</summary>
    Unasked,
}

/// <summary>For a process that has no SRS service configured.</summary>
internal sealed class UnknownReturnAddresses : IReturnAddresses
{
    public Task<ReturnAddress> FindAsync(AddrSpec address, CancellationToken cancellationToken) =>
        Task.FromResult(new ReturnAddress(ReturnAddressState.Unasked));
}
