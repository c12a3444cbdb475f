using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Tests.Cyrus;

public sealed class CyrusOptionsTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Without_TLS_loopback_is_served(string host) => Assert.Empty(Faults(options => (options.Host, options.Tls) = (host, false)));

    [Fact]
    public void What_is_given_by_default_needs_a_password_alone()
    {
        Assert.Empty(Faults(_ => { }));
        Assert.Contains("AdminPassword", Assert.Single(Faults(options => options.AdminPassword = "")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imap.exemple.be")]
    [InlineData("10.0.0.1")]
    [InlineData("localhost.exemple.be")]
    public void Without_TLS_any_other_host_is_refused(string host) =>
        Assert.Contains("loopback", Assert.Single(Faults(options => (options.Host, options.Tls) = (host, false))), StringComparison.Ordinal);

    [Fact]
    public void Every_fault_is_told_at_once() => Assert.Equal(6, Faults(options =>
    {
        options.Host = "";
        options.Port = 0;
        options.AdminUser = " ";
        options.AdminPasswordFile = "both";
        options.CommandTimeout = TimeSpan.Zero;
        options.Connections = 9;
    }).Count);

    // C109
    [Fact]
    public async Task The_password_is_the_files_first_line_to_the_last_character()
    {
        const string password = "p%40ss;w\"d]z<&:k^: \\ é ";
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, password + "\r\n", TestContext.Current.CancellationToken);

        var read = await new CyrusOptions { AdminPasswordFile = file }.ReadPasswordAsync(TestContext.Current.CancellationToken);

        Assert.Equal(password, read);
        File.Delete(file);
    }

    private static List<string> Faults(Action<CyrusOptions> change)
    {
        var options = new CyrusOptions { AdminPassword = "secret" };
        change(options);
        return [.. new CyrusOptionsValidator().Validate(name: null, options).Failures ?? []];
    }
}
