using System.Text.Json.Nodes;
using MailAdmin.Core.Domains;

namespace MailAdmin.Web.Tests.Hosting;

public sealed class DnsSettingsTests : IDisposable
{
    private readonly SettingsFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void What_is_wanted_comes_from_the_settings_and_the_mail_hosts_name()
    {
        var host = DomainName.Parse("mail.example.org");
        Assert.Equal([host], _file.Read().Dns.ToPolicy(host).MailExchangers);
        Assert.Empty(_file.Read().Dns.ToPolicy(null).MailExchangers);

        _file["Dns:Mx"] = new JsonArray("mx1.example.org", "mx2.example.org");
        _file["Dns:SpfInclude"] = "_SPF.example.org.";
        (_file["Dns:DkimSelector"], _file["Dns:DkimHost"]) = ("mail", "mail._domainkey.example.org");
        var policy = _file.Read().Dns.ToPolicy(host);

        Assert.Equal(["mx1.example.org", "mx2.example.org"], policy.MailExchangers.Select(m => m.Value));
        Assert.Equal("v=spf1 include:_spf.example.org -all", policy.Spf);
        Assert.Equal("mail._domainkey.example.org", policy.DkimKeys.Single().Host);
    }

    [Theory]
    [InlineData(
        "Resolvers", "[\"dns.example.org\"]", "Dns:Resolvers has 'dns.example.org'; each has to be an IP address, with or without a port")]
    [InlineData("Mx", "[\"192.0.2.1\"]", "Dns:Mx has '192.0.2.1'; each has to be a host's name")]
    [InlineData("SpfInclude", "\"a b\"", "Dns:SpfInclude is 'a b'; it has to be a name in the DNS")]
    [InlineData("DkimSelector", "\"mail\"", "Dns:DkimHost is missing, beside Dns:DkimSelector")]
    [InlineData("Dmarc", "\"p=none\"", "Dns:Dmarc is 'p=none'; it has to begin with v=DMARC1")]
    [InlineData("Timeout", "\"00:01:00\"", "Dns:Timeout is 0:01:00; it has to be 0:00:00.1 to 0:00:30")]
    public void A_wrong_setting_is_told(string setting, string value, string fault)
    {
        _file["Dns:" + setting] = JsonNode.Parse(value);

        Assert.Equal([fault + "."], _file.Faults());
    }
}
