using MailAdmin.Core.Accounts;
using MailAdmin.Core.Passwords;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MailAdmin.Provisioning.Tests.Logins;

public sealed class LoginsRegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_calls_give_a_host_that_answers_and_writes_the_last_logins_when_it_stops()
    {
        await using var bench = new LoginBench();
        var written = new List<LastLogin>();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPasswords(new PasswordOptions { Cost = 4 });
        services.AddLogins(
            new LoginOptions { Socket = bench.Options.Socket, LastLoginInterval = TimeSpan.FromMinutes(10) },
            cyrus: null,
            _ => name => bench.Accounts.GetValueOrDefault(name),
            _ => (batch, _) =>
            {
                written.AddRange(batch);
                return Task.CompletedTask;
            });
        await using var provider = services.BuildServiceProvider();
        var hosted = provider.GetServices<IHostedService>().ToList();
        foreach (var service in hosted) await service.StartAsync(Token);
        Assert.Equal("OK", await bench.LoginAsync("exemple0001", service: "pop"));
        foreach (var service in Enumerable.Reverse(hosted)) await service.StopAsync(Token);
        Assert.Equal(MailProtocols.Pop3, Assert.Single(written).Service);
        Assert.False(File.Exists(bench.Options.Socket));
    }
}
