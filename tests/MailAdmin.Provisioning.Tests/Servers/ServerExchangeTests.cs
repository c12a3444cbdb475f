using System.Net.Sockets;
using System.Security.Authentication;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;
using MailKit;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Servers;

/// <summary>The rules that both protocols share. Each protocol's own tests show them with real and hostile servers.</summary>
public sealed class ServerExchangeTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServerExchange _exchange;

    public ServerExchangeTests() =>
        _exchange = new("Server at here:1", TimeSpan.FromSeconds(10), _time, (words, cause) => new SieveUnavailableException(words, cause));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_leaves_the_connection_whole()
    {
        Assert.Equal(7, await RunAsync(_ => Task.FromResult(7)));
        Assert.True(_exchange.IsWhole);
    }

    [Fact]
    public async Task No_answer_in_time_is_unavailable_and_names_the_place()
    {
        var asked = RunAsync(
            token => Task.Delay(Timeout.Infinite, token).ContinueWith(_ => 0, token, TaskContinuationOptions.None, TaskScheduler.Default));
        _time.Advance(TimeSpan.FromSeconds(10));

        var late = await Assert.ThrowsAsync<SieveUnavailableException>(() => asked);

        Assert.Equal("Server at here:1 gave no answer within 10 s", late.Message);
        Assert.False(_exchange.IsWhole);
    }

    [Fact]
    public async Task Who_stops_waiting_is_told_that_and_the_connection_is_spent()
    {
        using var stop = new CancellationTokenSource();
        var asked = _exchange.RunAsync(async (_, token) => { await Task.Delay(Timeout.Infinite, token); return 0; }, _ => null, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.False(_exchange.IsWhole);
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    [InlineData(typeof(SocketException))]
    [InlineData(typeof(AuthenticationException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(ServiceNotConnectedException))]
    public async Task What_breaks_a_connection_is_unavailable(Type kind)
    {
        var broken = (Exception)Activator.CreateInstance(kind)!;

        var told = await Assert.ThrowsAsync<SieveUnavailableException>(() => RunAsync(_ => throw broken));

        Assert.Equal(("Server at here:1: " + broken.Message, broken), (told.Message, told.InnerException));
        Assert.False(_exchange.IsWhole);
    }

    [Theory]
    [InlineData(SieveRefusal.Quota, true)]
    [InlineData(SieveRefusal.Referral, false)]
    public async Task A_refusal_is_passed_on_and_says_whether_the_connection_serves_again(SieveRefusal reason, bool isWhole)
    {
        var refused = new SieveRefusedException(reason, "no");

        Assert.Same(refused, await Assert.ThrowsAsync<SieveRefusedException>(() => RunAsync(_ => throw refused)));
        Assert.Equal(isWhole, _exchange.IsWhole);
    }

    [Fact]
    public async Task What_the_library_throws_may_be_a_refusal()
    {
        var lacking = new NotSupportedException("no such extension");

        var refused = await Assert.ThrowsAsync<SieveRefusedException>(() => RunAsync(_ => throw lacking));

        Assert.Equal((SieveRefusal.Unsupported, lacking), (refused.Reason, refused.InnerException));
        Assert.True(_exchange.IsWhole);
    }

    [Fact]
    public async Task A_fault_of_ours_stays_what_it_is()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(_ => throw new InvalidOperationException()));
        Assert.False(_exchange.IsWhole);
    }

    private Task<int> RunAsync(Func<CancellationToken, Task<int>> exchange) =>
        _exchange.RunAsync(
            (_, token) =>
            exchange(token), exception =>
            exception is NotSupportedException
            ? new SieveRefusedException(SieveRefusal.Unsupported, exception.Message, exception) : null, Token);
}
