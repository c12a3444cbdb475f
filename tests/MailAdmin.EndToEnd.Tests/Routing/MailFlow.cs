using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Routing;

/// <summary>A server of the world that sends one message after the other, and keeps what it was told to try again.</summary>
internal sealed class MailFlow : IAsyncDisposable
{
    // As much as a small server sends; more would only fill the queue.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly MailSandbox _sandbox;
    private readonly string _sender;
    private readonly string[] _recipients;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _taken = [];
    private readonly List<string> _refused = [];
    private readonly Task _running;

    /// <param name="sandbox">Where to.</param>
    /// <param name="sender">To whom bounces would go.</param>
    /// <param name="isHeld">Everything through one connection, as busy servers do; else one for each message.</param>
    /// <param name="recipients">In turn.</param>
    public MailFlow(MailSandbox sandbox, string sender, bool isHeld, params string[] recipients)
    {
        (_sandbox, _sender, _recipients) = (sandbox, sender, recipients);
        _running = RunAsync(isHeld);
    }

    public IReadOnlyList<string> Refused => _refused;

    public int Count => _taken.Count;

    /// <summary>Subjects that Postfix has taken, once the last is through.</summary>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        return _taken;
    }

    /// <summary>So many more were taken.</summary>
    public Task TakenAsync(int more)
    {
        var wanted = Count + more;
        return Eventually.HoldsAsync(
            () => Assert.True(Count >= wanted || _running.IsCompleted, $"{Count} of {wanted}"), TimeSpan.FromSeconds(60));
    }

    /// <summary>Everything that Postfix has taken is there, and once.</summary>
    public static Task ArrivedAsync(IReadOnlyCollection<string> taken, Func<Task<IEnumerable<string>>> arrived) =>
        Eventually.HoldsAsync(async () =>
    {
        var there = (await arrived()).Order(StringComparer.Ordinal).ToList();
        Assert.True(taken.Order(StringComparer.Ordinal).SequenceEqual(there, StringComparer.Ordinal),
            $"{taken.Count} taken, {there.Count} there; missing: {string.Join(", ", taken.Except(there, StringComparer.Ordinal))}");
    }, TimeSpan.FromSeconds(120));

    /// <summary>What came back to the sender.</summary>
    public IReadOnlyList<string> Bounces() =>
        [.. _sandbox.Outside.Messages().Where(m => m.Recipients.Contains(_sender))
            .Select(m => $"{m.Message.Subject}: {m.Message.TextBody}")];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(bool isHeld)
    {
        var held = isHeld ? await OpenAsync() : null;
        for (var n = 0; !_stop.IsCancellationRequested; n++)
        {
            var recipient = _recipients[n % _recipients.Length];
            var subject = $"{recipient} {_sender} {n}";
            // As servers do: told to wait, it comes again.
            while (!await TrySendAsync(held, recipient, subject) && !_stop.IsCancellationRequested) await Task.Delay(Pause);
            await Task.Delay(Pause);
        }
        held?.Dispose();
    }

    private async Task<LineSession> OpenAsync()
    {
        var session = await LineSession.OpenAsync(_sandbox.Ports.Smtp);
        await session.SendAsync("EHLO outside.example.net");
        return session;
    }

    private async Task<bool> TrySendAsync(LineSession? held, string recipient, string subject)
    {
        var session = held ?? await OpenAsync();
        using var own = held is null ? session : null;
        await session.SendAsync($"MAIL FROM:<{_sender}>");
        var answer = await session.SendAsync($"RCPT TO:<{recipient}>");
        if (answer.StartsWith("250", StringComparison.Ordinal))
        {
            await session.SendAsync("DATA");
            answer = await session.SendAsync($"Subject: {subject}\r\n\r\nBonjour\r\n.");
        }
        else
        {
            await session.SendAsync("RSET");
        }
        if (answer.StartsWith("250", StringComparison.Ordinal)) _taken.Add(subject);
        if (answer.StartsWith('5')) _refused.Add($"{recipient}: {answer}");
        return !answer.StartsWith('4');
    }
}
