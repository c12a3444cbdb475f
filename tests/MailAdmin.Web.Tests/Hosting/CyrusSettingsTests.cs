namespace MailAdmin.Web.Tests.Hosting;

/// <summary>The settings for connecting to Cyrus and ManageSieve.</summary>
public sealed class CyrusSettingsTests : IDisposable
{
    private readonly SettingsFile _file = new();

    public CyrusSettingsTests() => _file["Cyrus:AdminPassword"] = "secret";

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Without_TLS_loopback_is_served(string host)
    {
        (_file["Cyrus:Host"], _file["Cyrus:Tls"], _file["Sieve:StartTls"]) = (host, false, false);
        Assert.Empty(_file.Faults());
    }

    [Theory]
    [InlineData("imap.exemple.be")]
    [InlineData("10.0.0.1")]
    [InlineData("localhost.exemple.be")]
    public void Without_TLS_any_other_host_is_refused(string host)
    {
        (_file["Cyrus:Host"], _file["Cyrus:Tls"]) = (host, false);
        Assert.Equal([$"Cyrus:Tls is false, but {host} is not loopback: the password would cross the network in clear."], _file.Faults());

        (_file["Cyrus:Tls"], _file["Sieve:StartTls"]) = (true, false);
        Assert.Equal(
            [$"Sieve:StartTls is false, but {host} is not loopback: the password would cross the network in clear."], _file.Faults());
    }

    [Fact]
    public void A_password_alone_is_enough_and_one_of_two_is_needed()
    {
        Assert.Equal(("localhost", 993, "cyrus"), (_file.Read().Cyrus!.Host, _file.Read().Cyrus!.Port, _file.Read().Cyrus!.AdminUser));

        _file["Cyrus:AdminPasswordFile"] = "/etc/mailadmin/secret";
        Assert.Equal(["Cyrus:AdminPasswordFile or AdminPassword has to be given, one of them."], _file.Faults());
        (_file["Cyrus:AdminPasswordFile"], _file["Cyrus:AdminPassword"]) = ("", "");
        Assert.Equal(["Cyrus:AdminPasswordFile or AdminPassword has to be given, one of them."], _file.Faults());
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        (_file["Cyrus:Host"], _file["Cyrus:Port"], _file["Cyrus:AdminUser"]) = ("", 0, " ");
        (_file["Cyrus:AdminPasswordFile"], _file["Cyrus:CommandTimeout"], _file["Cyrus:Connections"]) = ("both", "00:00:00", 9);

        Assert.Equal(6, _file.Faults().Count(fault => fault.StartsWith("Cyrus:", StringComparison.Ordinal)));
    }

    [Fact]
    public void All_administrators_are_reserved_whatever_their_case()
    {
        _file["Cyrus:Admins"] = new System.Text.Json.Nodes.JsonArray("Backup", " murder ");

        Assert.Equal(["backup", "cyrus", "murder"], _file.Read().ToDatabaseOptions().Host.ReservedUsernames.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_the_section_nobody_administers_Cyrus()
    {
        _file["Cyrus"] = null;

        Assert.Null(_file.Read().Cyrus);
        Assert.Empty(_file.Read().ToDatabaseOptions().Host.ReservedUsernames);
    }
}
