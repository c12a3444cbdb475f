using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Testing.Hosts;

namespace MailAdmin.EndToEnd.Tests.Routing;

/// <summary>An external server that sends one message after the other, and keeps those that it was told to send again later.</summary>
internal sealed class MailFlow : IAsyncDisposable
{
    // A small server sends about this often; more messages would only fill the queue.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly MailSandbox _sandbox;
    private readonly string _sender;
    private readonly string[] _recipients;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _taken = [];
    private readonly List<string> _refused = [];
    private readonly Task _running;

    /// <param name="sandbox">The sandbox that gets the mail.</param>
    /// <param name="sender">The address to which bounces would go.</param>
    /// <param name="isHeld">Sends everything through one connection, as busy servers do; otherwise each message has its own.</param>
    /// <param name="recipients">The recipients, which take turns.</param>
    public MailFlow(MailSandbox sandbox, string sender, bool isHeld, params string[] recipients)
    {
        (_sandbox, _sender, _recipients) = (sandbox, sender, recipients);
        _running = RunAsync(isHeld);
    }

    public IReadOnlyList<string> Refused => _refused;

    public int Count => _taken.Count;

    /// <summary>Returns the subjects that Postfix has accepted, once the last message is through.</summary>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        return _taken;
    }

    /// <summary>Waits until this many more messages were accepted.</summary>
    public Task TakenAsync(int more)
    {
        var wanted = Count + more;
        return Eventually.HoldsAsync(
            () => Assert.True(Count >= wanted || _running.IsCompleted, $"{Count} of {wanted}"), TimeSpan.FromSeconds(60));
    }

    /// <summary>Waits until everything that Postfix has accepted has arrived, exactly once.</summary>
    public static Task ArrivedAsync(IReadOnlyCollection<string> taken, Func<Task<IEnumerable<string>>> arrived) =>
        Eventually.HoldsAsync(async () =>
    {
        var there = (await arrived()).Order(StringComparer.Ordinal).ToList();
        Assert.True(taken.Order(StringComparer.Ordinal).SequenceEqual(there, StringComparer.Ordinal),
            $"{taken.Count} taken, {there.Count} there; missing: {string.Join(", ", taken.Except(there, StringComparer.Ordinal))}");
    }, TimeSpan.FromSeconds(120));

    /// <summary>The messages that came back to the sender.</summary>
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
            // A server that is told to wait tries again.
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
