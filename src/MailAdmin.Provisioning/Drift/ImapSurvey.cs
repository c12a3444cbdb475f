using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Drift;

/// <summary>A mailbox as the server has it.</summary>
/// <param name="LimitKiB">Of its own quota root, or null where it has none.</param>
/// <param name="UsedKiB">Null where nothing is counted.</param>
/// <param name="Rights">Those of its owner, as letters.</param>
internal sealed record SurveyedMailbox(long? LimitKiB, long? UsedKiB, string Rights);

/// <summary>
/// Asks for thousands of mailboxes on one connection, many questions at once and never waiting for one answer: that is what MailKit can't do, and
/// what makes a comparison cost what the server's own reading costs. It only reads.
/// </summary>
internal sealed class ImapSurvey : IDisposable
{
    private readonly CyrusOptions _options;
    private readonly TimeProvider _time;
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly ImapLines _lines;
    private int _tag;

    private ImapSurvey(CyrusOptions options, TimeProvider time, Socket socket, Stream stream) =>
        (_options, _time, _socket, _stream, _lines) = (options, time, socket, stream, new ImapLines(stream));

    /// <summary>What the mailboxes of users lie under, and what separates levels: <c>user</c> and <c>/</c>.</summary>
    public string Prefix { get; private set; } = "user";

    public char Separator { get; private set; } = '/';

    /// <exception cref="CyrusUnavailableException">No connection or no sign-in.</exception>
    public static Task<ImapSurvey> SignInAsync(CyrusOptions options, TimeProvider time, CancellationToken cancellation) => GuardAsync(options, async () =>
    {
        using var limit = new CancellationTokenSource(options.CommandTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var socket = await CyrusWire.ConnectAsync(options, either.Token);
        try
        {
            var survey = new ImapSurvey(options, time, socket, await CyrusWire.SecureAsync(new NetworkStream(socket), options, either.Token));
            await survey.SignInAsync(either.Token);
            return survey;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }, cancellation);

    /// <summary>Every mailbox of every user, with the folders in it, as the server lists them.</summary>
    /// <param name="take">Gets the user's name and the folder's, which is empty for the mailbox itself.</param>
    /// <param name="cancellation">Stops.</param>
    public Task ListAsync(Action<string, string> take, CancellationToken cancellation) => GuardAsync(_options, async () =>
    {
        var under = Prefix + Separator;
        await SendAsync([$"LIST \"\" {ImapText.Quote(under + "*")}"], (_, line) =>
        {
            if (ImapText.Words(line) is not ["LIST", _, _, var name] || !name.StartsWith(under, StringComparison.Ordinal)) return;
            var parts = name[under.Length..].Split(Separator, 2);
            take(parts[0], parts.Length > 1 ? ImapText.Decode(parts[1]) : "");
        }, cancellation);
        return true;
    }, cancellation);

    /// <summary>Quota and rights of each of these mailboxes; one that is not there has no rights.</summary>
    public Task<IReadOnlyList<SurveyedMailbox>> AskAsync(IReadOnlyList<string> users, CancellationToken cancellation) => GuardAsync(_options, async () =>
    {
        var found = Enumerable.Repeat(new SurveyedMailbox(null, null, ""), users.Count).ToArray();
        var names = users.Select(u => ImapText.Quote(Prefix + Separator + u));
        await SendAsync([.. names.SelectMany(n => new[] { $"GETQUOTA {n}", $"GETACL {n}" })], (question, line) =>
        {
            var at = question / 2;
            found[at] = ImapText.Words(line) switch
            {
                ["QUOTA", _, var limits] when Storage(limits) is var (used, limit) => found[at] with { UsedKiB = used, LimitKiB = limit },
                ["ACL", _, .. var rights] => found[at] with { Rights = RightsOf(users[at], rights) },
                _ => found[at],
            };
        }, cancellation);
        return (IReadOnlyList<SurveyedMailbox>)found;
    }, cancellation);

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task SignInAsync(CancellationToken cancellation)
    {
        await _lines.ReadAsync(cancellation);
        var password = _options.AdminPasswordFile is { } file ? (await File.ReadAllLinesAsync(file, cancellation)).FirstOrDefault() : _options.AdminPassword;
        await WriteAsync("a AUTHENTICATE PLAIN\r\n", cancellation);
        if (!(await _lines.ReadAsync(cancellation)).StartsWith('+')) throw new AuthenticationException("PLAIN is not offered");
        await WriteAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{_options.AdminUser}\0{password}")) + "\r\n", cancellation);
        var answer = await AnswerAsync("a", cancellation);
        if (!answer.StartsWith("OK", StringComparison.OrdinalIgnoreCase)) throw new AuthenticationException(answer);
        await SendAsync(["NAMESPACE"], (_, line) =>
        {
            if (ImapText.Words(line) is ["NAMESPACE", _, var others, ..] && ImapText.Words(others) is [var first, ..] && ImapText.Words(first) is [var prefix, [var separator], ..])
                (Prefix, Separator) = (prefix.TrimEnd(separator), separator);
        }, cancellation);
    }

    private async Task<string> AnswerAsync(string tag, CancellationToken cancellation)
    {
        for (; ; )
        {
            var line = await _lines.ReadAsync(cancellation);
            if (line.StartsWith(tag + " ", StringComparison.Ordinal)) return line[(tag.Length + 1)..];
        }
    }

    /// <summary>Sends all questions at once and reads while it writes, lest both sides wait for the other.</summary>
    /// <param name="questions">Commands without tags; a NO to one of them is an answer.</param>
    /// <param name="take">Gets the number of the question and what was said untagged before its end.</param>
    /// <param name="cancellation">Stops.</param>
    private async Task SendAsync(IReadOnlyList<string> questions, Action<int, string> take, CancellationToken cancellation)
    {
        var first = _tag;
        _tag += questions.Count;
        var text = string.Concat(questions.Select((q, i) => string.Create(CultureInfo.InvariantCulture, $"q{first + i} {q}\r\n")));
        using var limit = new CancellationTokenSource(_options.CommandTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var writing = WriteAsync(text, either.Token);
        for (var i = 0; i < questions.Count; i++)
        {
            var tag = string.Create(CultureInfo.InvariantCulture, $"q{first + i} ");
            for (var line = await ReadAsync(); !line.StartsWith(tag, StringComparison.Ordinal); line = await ReadAsync())
            {
                if (line.StartsWith("* ", StringComparison.Ordinal)) take(i, line[2..]);
            }
        }
        await writing;

        // The longest wait is for one answer, not for all of them.
        async ValueTask<string> ReadAsync()
        {
            var line = await _lines.ReadAsync(either.Token);
            limit.CancelAfter(_options.CommandTimeout);
            return line;
        }
    }

    private async Task WriteAsync(string text, CancellationToken cancellation) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);

    private static (long Used, long Limit)? Storage(string limits)
    {
        var words = ImapText.Words(limits);
        var at = words.FindIndex(w => w.Equals("STORAGE", StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at + 2 < words.Count && long.TryParse(words[at + 1], CultureInfo.InvariantCulture, out var used)
            && long.TryParse(words[at + 2], CultureInfo.InvariantCulture, out var limit) ? (used, limit) : null;
    }

    private static string RightsOf(string user, List<string> rights)
    {
        for (var i = 0; i + 1 < rights.Count; i += 2)
        {
            if (rights[i] == user) return rights[i + 1];
        }
        return "";
    }

    private static async Task<T> GuardAsync<T>(CyrusOptions options, Func<Task<T>> work, CancellationToken cancellation)
    {
        var place = $"Cyrus at {options.Host}:{options.Port}";
        try
        {
            return await work();
        }
        catch (OperationCanceledException canceled) when (!cancellation.IsCancellationRequested)
        {
            throw new CyrusUnavailableException($"{place} gave no answer within {options.CommandTimeout.TotalSeconds:0.#} s", canceled);
        }
        catch (Exception broken) when (broken is IOException or SocketException or AuthenticationException or UnauthorizedAccessException)
        {
            throw new CyrusUnavailableException($"{place}: {broken.Message}", broken);
        }
    }
}
