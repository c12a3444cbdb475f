using System.Net;
using MailAdmin.Core.MailboxCopies;

namespace MailAdmin.Core.Tests.MailboxCopies;

/// <summary>Where a domain admin's copy may connect to.</summary>
public sealed class SourceNetworksTests
{
    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:192.0.2.1", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    public void Only_public_addresses_are_open(string address, bool isOpen) =>
        Assert.Equal(isOpen, new SourceNetworks(new()).AreOpen(IPAddress.Parse(address)));

    [Fact]
    public void The_settings_open_a_network()
    {
        var networks = new SourceNetworks(new() { AllowedNetworks = ["10.1.0.0/16"] });

        Assert.True(networks.AreOpen(IPAddress.Parse("10.1.2.3")));
        Assert.True(networks.AreOpen(IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.False(networks.AreOpen(IPAddress.Parse("10.2.0.1")));
    }
}
