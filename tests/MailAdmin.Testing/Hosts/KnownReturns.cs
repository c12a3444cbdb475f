using MailAdmin.Core.Addresses;
using MailAdmin.Core.Routing;

namespace MailAdmin.Testing.Hosts;

/// <summary>Stands in for postsrsd. The addresses that it made all have one hash.</summary>
public sealed class KnownReturns : IReturnAddresses
{
    public const string Good = "GOOD";

    public static string? SenderOf(AddrSpec address) =>
        address.LocalPart.Split('=', 5) is [_, Good, _, var domain, var part] ? $"{part}@{domain}" : null;

    public Task<ReturnAddress> FindAsync(AddrSpec address, CancellationToken cancellationToken) =>
        Task.FromResult(
            SenderOf(address) is { } sender ? new ReturnAddress(ReturnAddressState.Made, sender) : new(ReturnAddressState.Forged));
}
