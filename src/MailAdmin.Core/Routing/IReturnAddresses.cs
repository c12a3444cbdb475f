using MailAdmin.Core.Addresses;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Knows the senders again that forwarded mail leaves with (SRS): <c>SRS0=hash=time=example.org=ann@mx.example.net</c> stands for
/// ann@example.org, and its bounces go back there. Whether the mail host made such an address itself, its secret alone tells.
/// </summary>
public interface IReturnAddresses
{
    /// <param name="address">Of that form, under the mail host's own name.</param>
    Task<ReturnAddress> FindAsync(AddrSpec address, CancellationToken cancellationToken);
}

/// <param name="State">What the mail host says of it.</param>
/// <param name="Sender">Whom it stands for; null unless it was made here.</param>
public sealed record ReturnAddress(ReturnAddressState State, string? Sender = null);

public enum ReturnAddressState
{
    /// <summary>The mail host made it.</summary>
    Made,

    /// <summary>It did not, or too long ago.</summary>
    Forged,

    /// <summary>The service that knows does not answer: mail for the address waits with its senders.</summary>
    Away,

    /// <summary>This process does not know where to ask.</summary>
    Unasked,
}

/// <summary>For a process that is not told where to ask.</summary>
internal sealed class UnknownReturnAddresses : IReturnAddresses
{
    public Task<ReturnAddress> FindAsync(AddrSpec address, CancellationToken cancellationToken) =>
        Task.FromResult(new ReturnAddress(ReturnAddressState.Unasked));
}
