using System.Net.Sockets;
using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Servers;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// One signed-in connection, for one command at a time. Every wait has an end, and every failure is one of two: refused (the session goes
/// on) or unavailable (it is spent).
/// </summary>
internal sealed class CyrusSession : IDisposable
{
    // MailKit keeps a folder object for every name it met; 1,000 of them are a megabyte, and a new sign-in costs some ms.
    private const int MaxFolders = 1000;

    // All that is asked for together is answered by then: a list of a million mailboxes takes a minute.
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
    /// May serve again. What a server says unasked is its farewell (restart, idle too long), so a kept connection with something to read
    /// is not used a second time.
    /// </summary>
    public bool IsReusable =>
        _exchange.IsWhole && _client.IsAuthenticated && _folders < MaxFolders && _pipeline!.IsQuiet
        && !_socket!.Poll(0, SelectMode.SelectRead);

    /// <summary>
    /// Signs in as the administrator; or, with <paramref name="owner"/>, as the owner by the administrator's password (RFC 4616 authzid).
    /// </summary>
    /// <exception cref="CyrusUnavailableException">No connection or no sign-in.</exception>
    /// <exception cref="CyrusRefusedException">The owner may not sign in.</exception>
    public static async Task<CyrusSession> SignInAsync(
        CyrusOptions options, TimeProvider time, Username? owner, CancellationToken cancellation)
    {
        var session = new CyrusSession(options, time);
        try
        {
            await session.RunAsync(CyrusStep.Subscriptions, token => session.SignInAsync(owner, token), cancellation);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The mailbox of an account as the administrator sees it; it need not exist.</summary>
    /// <exception cref="CyrusRefusedException">On this server it can't have that name.</exception>
    public Task<IMailFolder> MailboxAsync(Username username, CancellationToken cancellation)
    {
        if (!CanHave(username))
            throw new CyrusRefusedException(
                CyrusStep.Name,
                $"'{username}' contains '{Users.DirectorySeparator}', which separates levels on this server: set unixhierarchysep in imapd.conf");
        return SubfolderAsync(_client.GetFolder(Users), username.Value, CyrusStep.Name, cancellation);
    }

    /// <summary>Whether a mailbox of this name is one on this server, rather than a folder in another one's.</summary>
    public bool CanHave(Username username) => !username.Value.Contains(Users.DirectorySeparator, StringComparison.Ordinal);

    /// <summary>What a mailbox's name begins with for the administrator, as <c>user/</c>.</summary>
    public string UsersPrefix => Users.Path + Users.DirectorySeparator;

    /// <summary>The mailbox of an account as the server calls it for the administrator.</summary>
    public string NameOf(Username username) => UsersPrefix + username;

    /// <summary>Extensions of IMAP that the server announces.</summary>
    public ImapCapabilities Capabilities => _client.Capabilities;

    /// <summary>Where the mailboxes of others are; null when that is told to no administrator.</summary>
    public FolderNamespace? Others => _client.OtherNamespaces is [var users, ..] ? users : null;

    /// <summary>Where one's own folders are: empty where they stand beside INBOX.</summary>
    public FolderNamespace Own => Personal;

    /// <summary>What the server calls a folder of one's own, or null where it can't be called so.</summary>
    /// <param name="name">As people see it, <c>/</c> separating levels.</param>
    public string? TryNameOf(string name)
    {
        var separator = Personal.DirectorySeparator;
        var levels = name.Split('/');
        if (levels.Any(level => level.Length == 0 || level.Contains(separator, StringComparison.Ordinal))) return null;
        var below = string.Join(separator, levels.Select(ImapText.Encode));
        return Personal.Path.Length == 0 ? below : Personal.Path + separator + below;
    }

    /// <summary>What the owner's folders lie under: nothing, or their INBOX, as the server wants it.</summary>
    public IMailFolder Top => _client.GetFolder(Personal);

    /// <summary>
    /// A folder right below another, which need not exist; thanks to <see cref="ImapFilterStream"/> the server is not asked.
    /// </summary>
    public Task<IMailFolder> SubfolderAsync(IMailFolder parent, string name, CyrusStep step, CancellationToken cancellation)
    {
        if (name.Length == 0 || name.Contains(parent.DirectorySeparator, StringComparison.Ordinal))
            throw new CyrusRefusedException(
                step, $"'{name}' can't be the name of a folder where '{parent.DirectorySeparator}' separates levels");
        _folders++;
        return RunAsync(step, token => parent.GetSubfolderAsync(name, token), cancellation);
    }

    /// <summary>
    /// Many commands at once, as <see cref="ImapPipeline.SendAsync"/> has it; the longest wait is for one answer, not for all of them.
    /// </summary>
    public Task<IReadOnlyList<string>> SendAsync(
        CyrusStep step, IReadOnlyList<string> commands, Action<int, string> take, CancellationToken cancellation, long? maxOctets = null)
    {
        var begun = _time.GetTimestamp();
        return RunAsync(
            step, (timeout, token) => _pipeline!.SendAsync(commands, take, () => Extend(timeout), token, maxOctets), cancellation);

        // A server that sends a line now and then would hold us for ever.
        void Extend(CancellationTokenSource timeout)
        {
            if (_time.GetElapsedTime(begun) < LongestAnswer) timeout.CancelAfter(_options.CommandTimeout);
        }
    }

    public Task RunAsync(CyrusStep step, Func<CancellationToken, Task> command, CancellationToken cancellation) =>
        RunAsync(step, async token => { await command(token); return true; }, cancellation);

    /// <summary>One exchange with the server, ended by <see cref="CyrusOptions.CommandTimeout"/> at the latest.</summary>
    public Task<T> RunAsync<T>(CyrusStep step, Func<CancellationToken, Task<T>> command, CancellationToken cancellation) =>
        RunAsync(step, (_, token) => command(token), cancellation);

    private Task<T> RunAsync<T>(
        CyrusStep step, Func<CancellationTokenSource, CancellationToken, Task<T>> command, CancellationToken cancellation) =>
        _exchange.RunAsync(command, exception => RefusalOf(step, exception), cancellation);

    private CyrusRefusedException? RefusalOf(CyrusStep step, Exception exception) => exception switch
    {
        ImapCommandException no when _client.IsConnected => new(step, no.ResponseText, no),
        // No ACL or no QUOTA among the server's capabilities: hardly a Cyrus, but an answer.
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

    private async Task SignInAsync(Username? owner, CancellationToken cancellation)
    {
        _socket = await ImapTransport.ConnectAsync(_options, cancellation);
        var wire = await ImapTransport.SecureAsync(new NetworkStream(_socket, ownsSocket: true), _options, cancellation);
        _pipeline = new(_socket, wire);
        var quiet = new ImapFilterStream(wire);
        await _client.ConnectAsync(quiet, _options.Host, _options.Port, SecureSocketOptions.None, cancellation);
        var password = await _options.ReadPasswordAsync(cancellation);
        try
        {
            await _client.AuthenticateAsync(
                new SaslMechanismPlain(Encoding.UTF8, _options.AdminUser, password) { AuthorizationId = owner?.Value }, cancellation);
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
