using System.Net.Sockets;
using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Telemetry;
using MailAdmin.Provisioning.Servers;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// One signed-in connection, for one command at a time. Every wait is bounded, and every failure is one of two: refused (the session
/// remains usable) or unavailable (the session must not be used again).
/// </summary>
internal sealed class CyrusSession : IDisposable
{
    // MailKit keeps a folder object for every name that it has seen. 1,000 of them take a megabyte; a new sign-in takes a few ms.
    private const int MaxFolders = 1000;

    // The limit for all answers to pipelined commands: a list of a million mailboxes takes a minute.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(10);

    private readonly CyrusOptions _options;
    private readonly TimeProvider _time;
    private readonly ImapClient _client = new();
    private Socket? _socket;
    private ImapPipeline? _pipeline;
    private readonly ServerExchange _exchange;
    private int _folders;

    private CyrusSession(CyrusOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _exchange = new(Place, options.CommandTimeout, time, (words, cause) => new CyrusUnavailableException(words, cause));
    }

    /// <summary>
    /// Whether the connection can be used again. Unsolicited input is the server's BYE (restart, or idle too long), so a kept connection
    /// that has something to read is not reused.
    /// </summary>
    public bool IsReusable =>
        _exchange.IsWhole && _client.IsAuthenticated && _folders < MaxFolders && _pipeline!.IsQuiet
        && !_socket!.Poll(0, SelectMode.SelectRead);

    /// <summary>
    /// Signs in as the administrator, or, with <paramref name="owner"/>, as the owner with the administrator's password (RFC 4616,
    /// authzid).
    /// </summary>
    /// <exception cref="CyrusUnavailableException">The connection or the sign-in failed.</exception>
    /// <exception cref="CyrusRefusedException">The owner may not sign in.</exception>
    public static async Task<CyrusSession> SignInAsync(
        CyrusOptions options, TimeProvider time, Username? owner, CancellationToken cancellationToken)
    {
        var session = new CyrusSession(options, time);
        try
        {
            await session.RunAsync(CyrusStep.SignIn, token => session.SignInAsync(owner, token), cancellationToken);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The mailbox of an account in the administrator's namespace; it need not exist.</summary>
    /// <exception cref="CyrusRefusedException">The server does not allow a mailbox of that name.</exception>
    public Task<IMailFolder> MailboxAsync(Username username, CancellationToken cancellationToken)
    {
        if (!CanHave(username))
            throw new CyrusRefusedException(
                CyrusStep.Name,
                $"'{username}' contains '{Users.DirectorySeparator}', which separates levels on this server: set unixhierarchysep in imapd.conf");
        return SubfolderAsync(_client.GetFolder(Users), username.Value, CyrusStep.Name, cancellationToken);
    }

    /// <summary>Whether this username names a mailbox on this server, rather than a folder in another user's mailbox.</summary>
    public bool CanHave(Username username) => !username.Value.Contains(Users.DirectorySeparator, StringComparison.Ordinal);

    /// <summary>The prefix of mailbox names in the administrator's namespace, such as <c>user/</c>.</summary>
    public string UsersPrefix => Users.Path + Users.DirectorySeparator;

    /// <summary>The name of an account's mailbox in the administrator's namespace.</summary>
    public string NameOf(Username username) => UsersPrefix + username;

    /// <summary>The IMAP extensions that the server announces.</summary>
    public ImapCapabilities Capabilities => _client.Capabilities;

    /// <summary>The other users' namespace; null if the server announces none, as to a user who is no administrator.</summary>
    public FolderNamespace? Others => _client.OtherNamespaces is [var users, ..] ? users : null;

    /// <summary>The personal namespace of the signed-in user; its path is empty if folders are siblings of INBOX.</summary>
    public FolderNamespace Own => Personal;

    /// <summary>The server's name of a folder in the personal namespace, or null if the server does not allow that name.</summary>
    /// <param name="name">The name as users see it, with <c>/</c> between levels.</param>
    public string? TryNameOf(string name)
    {
        var separator = Personal.DirectorySeparator;
        var levels = name.Split('/');
        if (levels.Any(level => level.Length == 0 || level.Contains(separator, StringComparison.Ordinal))) return null;
        var below = string.Join(separator, levels.Select(ImapText.Encode));
        return Personal.Path.Length == 0 ? below : Personal.Path + separator + below;
    }

    /// <summary>The parent of the owner's folders: the root or INBOX, depending on the server.</summary>
    public IMailFolder Top => _client.GetFolder(Personal);

    /// <summary>
    /// A direct subfolder, which need not exist; because of <see cref="ImapFilterStream"/>, this sends nothing to the server.
    /// </summary>
    public Task<IMailFolder> SubfolderAsync(IMailFolder parent, string name, CyrusStep step, CancellationToken cancellationToken)
    {
        if (name.Length == 0 || name.Contains(parent.DirectorySeparator, StringComparison.Ordinal))
            throw new CyrusRefusedException(
                step, $"'{name}' can't be the name of a folder where '{parent.DirectorySeparator}' separates levels");
        _folders++;
        return RunAsync(step, token => parent.GetSubfolderAsync(name, token), cancellationToken);
    }

    /// <summary>
    /// Sends many commands at once (see <see cref="ImapPipeline.SendAsync"/>). The timeout applies to each answer, not to all of them
    /// together.
    /// </summary>
    public Task<IReadOnlyList<string>> SendAsync(
        CyrusStep step, IReadOnlyList<string> commands, Action<int, string> take, CancellationToken cancellationToken,
        long? maxOctets = null)
    {
        var begun = _time.GetTimestamp();
        return RunAsync(
            step, (timeout, token) => _pipeline!.SendAsync(commands, take, () => Extend(timeout), token, maxOctets), cancellationToken);

        // Without this limit, a server that sends a line now and then would block the panel for ever.
        void Extend(CancellationTokenSource timeout)
        {
            if (_time.GetElapsedTime(begun) < LongestAnswer) timeout.CancelAfter(_options.CommandTimeout);
        }
    }

    public Task RunAsync(CyrusStep step, Func<CancellationToken, Task> command, CancellationToken cancellationToken) =>
        RunAsync(step, async token => { await command(token); return true; }, cancellationToken);

    /// <summary>Runs one exchange with the server, limited by <see cref="CyrusOptions.CommandTimeout"/>.</summary>
    public Task<T> RunAsync<T>(CyrusStep step, Func<CancellationToken, Task<T>> command, CancellationToken cancellationToken) =>
        RunAsync(step, (_, token) => command(token), cancellationToken);

    private Task<T> RunAsync<T>(
        CyrusStep step, Func<CancellationTokenSource, CancellationToken, Task<T>> command, CancellationToken cancellationToken) =>
        ServerMetrics.MeasureAsync(ServerMetrics.Imap, Label.Of(step), () =>
            _exchange.RunAsync(command, exception => RefusalOf(step, exception), cancellationToken));

    private CyrusRefusedException? RefusalOf(CyrusStep step, Exception exception) => exception switch
    {
        ImapCommandException no when _client.IsConnected => new(step, no.ResponseText, no),
        // The server announces no ACL or no QUOTA capability: it is hardly a Cyrus, but it did answer.
        NotSupportedException lacking => new(step, lacking.Message, lacking) { EndsConnection = true },
        _ => null,
    };

    public void Dispose()
    {
        _client.Dispose();
        _socket?.Dispose();
    }

    private FolderNamespace Users => Others
        ?? throw new CyrusRefusedException(
            CyrusStep.Name, $"Cyrus announces no other users' namespace to {_options.AdminUser}: is it among admins in imapd.conf?");

    private FolderNamespace Personal => _client.PersonalNamespaces is [var first, ..] ? first
        : throw new CyrusRefusedException(CyrusStep.Subscriptions, "Cyrus announces no personal namespace");

    private string Place => $"Cyrus at {_options.Host}:{_options.Port}";

    private async Task SignInAsync(Username? owner, CancellationToken cancellationToken)
    {
        _socket = await ImapTransport.ConnectAsync(_options, cancellationToken);
        var wire = await ImapTransport.SecureAsync(new NetworkStream(_socket, ownsSocket: true), _options, cancellationToken);
        _pipeline = new(_socket, wire);
        var quiet = new ImapFilterStream(wire);
        await _client.ConnectAsync(quiet, _options.Host, _options.Port, SecureSocketOptions.None, cancellationToken);
        var password = await _options.ReadPasswordAsync(cancellationToken);
        try
        {
            await _client.AuthenticateAsync(
                new SaslMechanismPlain(Encoding.UTF8, _options.AdminUser, password) { AuthorizationId = owner?.Value }, cancellationToken);
        }
        catch (MailKit.Security.AuthenticationException refusal) when (owner is not null)
        {
            throw new CyrusRefusedException(CyrusStep.Subscriptions, refusal.Message, refusal);
        }
        catch (MailKit.Security.AuthenticationException refusal)
        {
            throw new CyrusUnavailableException($"{Place} does not let {_options.AdminUser} sign in: {refusal.Message}", refusal);
        }
        quiet.Separator = (Others ?? (owner is null && _client.PersonalNamespaces.Count == 0 ? Users : Personal)).DirectorySeparator;
    }
}
