using System.Collections.Concurrent;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>How guessing affects other users, on the real socket and with hashes that take time.</summary>
public sealed class LoginFloodTests
{
    private const int Cost = 10;
    private const int Guessers = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact] // A3
    public async Task Random_names_on_twenty_connections_hold_up_no_rightful_login_and_nobody_goes_without_an_answer()
    {
        await using var bench = new LoginBench(cost: Cost);
        for (var n = 0; n < 10; n++) bench.Put($"good{n}");
        await bench.ServeAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var answers = new ConcurrentBag<string?>();
        var flood = Enumerable.Range(0, Guessers).Select(n => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++) answers.Add(await bench.LoginAsync($"nobody{n}x{i}", $"guess {i}", "smtp"));
        }, Token)).ToList();
        await Eventually.TrueAsync(() => answers.Count >= Guessers, "every guesser has an answer");

        var (times, waiting) = (new List<double>(), new List<int>());
        for (var n = 0; n < 10; n++)
        {
            var start = TimeProvider.System.GetTimestamp();
            Assert.Equal("OK", await bench.LoginAsync($"good{n}", service: "smtp"));
            waiting.Add(bench.Lane.Waiting);
            times.Add(TimeProvider.System.GetElapsedTime(start).TotalSeconds);
        }
        await stop.CancelAsync();
        await Task.WhenAll(flood);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{answers.Count} guesses; rightful first logins took {times.Max():0.000} s at most");
        Assert.All(answers, answer => Assert.Equal("NO", answer));
        Assert.All(times, seconds => Assert.InRange(seconds, 0, 5));
        // If the guesses were hashed, as many as there are connections would be in front of every login.
        Assert.InRange(waiting.Order().ElementAt(waiting.Count / 2), 0, Guessers / 4);
    }

    [Theory] // A3: neither alone nor under load does the time of a refusal tell who exists.
    [InlineData(0)]
    [InlineData(6)]
    public async Task A_refusal_takes_as_long_for_a_name_that_does_not_exist(int others)
    {
        await using var bench = new LoginBench(cost: Cost);
        for (var n = 0; n < 40; n++) bench.Put($"good{n}");
        await bench.ServeAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var load = Enumerable.Range(0, others).Select(n => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++) await bench.LoginAsync($"nobody{n}x{i}", $"guess {i}");
        }, Token)).ToList();
        await TimeAsync(bench, "good39");

        List<double> known = [], unknown = [];
        for (var n = 0; n < 12; n++)
        {
            known.Add(await TimeAsync(bench, $"good{n}"));
            unknown.Add(await TimeAsync(bench, $"missing{n}"));
        }
        await stop.CancelAsync();
        await Task.WhenAll(load);

        TestContext.Current.TestOutputHelper?.WriteLine($"known {Median(known):0.0} ms, unknown {Median(unknown):0.0} ms");
        // Without the wait the ratio would be a hundredth.
        Assert.InRange(Median(unknown) / Median(known), 0.3, 3);
    }

    private static async Task<double> TimeAsync(LoginBench bench, string name)
    {
        var start = TimeProvider.System.GetTimestamp();
        Assert.Equal("NO", await bench.LoginAsync(name, "wrong"));
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
