using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.Cyrus;
using MailKit;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>A folder of the mailbox here that is open.</summary>
internal sealed record OpenFolder(uint Validity, uint Next, long Messages);

/// <summary>
/// An account's mailbox here, opened as its user with the administrator's password (RFC 4616, authzid): what is copied is the user's, and
/// counts against their quota.
/// </summary>
internal sealed class TargetMailbox : IDisposable
{
    private readonly Dictionary<string, SpecialFolder?> _folders = new(StringComparer.Ordinal);
    private string _prefix = "";

    private TargetMailbox(ImapWire wire) => Wire = wire;

    public ImapWire Wire { get; }

    /// <summary>What separates levels here.</summary>
    public char Separator { get; private set; } = '/';

    /// <summary>The names of the folders as users see them, with <c>/</c> between levels, and their special use.</summary>
    public IReadOnlyDictionary<string, SpecialFolder?> Folders => _folders;

    /// <exception cref="CopyException">
    /// Cyrus can't be asked, the user may not sign in, or the mailbox is not the account's: nothing was touched.
    /// </exception>
    public static async Task<TargetMailbox> OpenAsync(
        CyrusOptions options, AccountMailbox mailbox, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            var socket = await ImapTransport.ConnectAsync(options, cancellationToken);
            var stream = await ImapTransport.SecureAsync(new NetworkStream(socket, ownsSocket: true), options, cancellationToken);
            // A copy that is stopped waits for the command that is under way: Cyrus would carry it out all the same, perhaps only after the
            // next run has looked at what is here.
            var target = new TargetMailbox(new ImapWire(stream, timeout, CancellationToken.None));
            try
            {
                await target.SignInAsync(options, mailbox, cancellationToken);
                return target;
            }
            catch
            {
                target.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            throw new CopyException(CopyFailure.TargetLost, e.Message, e);
        }
    }

    /// <summary>Makes a folder, with its special use if the server allows it.</summary>
    /// <returns>Null, or the server's words why it does not make it.</returns>
    public async Task<string?> CreateAsync(string name, SpecialFolder? use)
    {
        var special = use is { } mark && Wire.Capabilities.Contains("CREATE-SPECIAL-USE") ? $@" (USE (\{mark}))" : "";
        var end = await Wire.AskAsync($"CREATE {Quoted(name)}{special}");
        if (!ImapWire.IsOk(end) && special.Length > 0) end = await Wire.AskAsync($"CREATE {Quoted(name)}");
        if (!ImapWire.IsOk(end)) return new ImapRefusal(end).ResponseText;
        _folders[name] = special.Length > 0 ? use : null;
        return null;
    }

    public Task SubscribeAsync(string name) => Wire.AskAsync($"SUBSCRIBE {Quoted(name)}");

    /// <exception cref="ImapRefusal">The folder can't be opened.</exception>
    public Task<OpenFolder> SelectAsync(string name) => SelectAsync(Wire, "SELECT", Quoted(name));

    /// <summary>The name in a command, with its quotes.</summary>
    public string Quoted(string name) => ImapText.Quote(
        name == "INBOX" ? name : _prefix + string.Join(Separator, name.Split('/').Select(ImapText.Encode)));

    /// <summary>Opens a folder on either server.</summary>
    /// <exception cref="ImapRefusal">The folder can't be opened.</exception>
    public static async Task<OpenFolder> SelectAsync(ImapWire wire, string command, string quoted)
    {
        var (validity, next, messages) = (0u, 1u, 0L);
        await wire.OkAsync($"{command} {quoted}", tokens =>
        {
            if (tokens is [string count, "EXISTS", ..]) messages = long.Parse(count, CultureInfo.InvariantCulture);
            // The tokenizer keeps a response code together.
            else if (tokens is ["OK", string code, ..])
            {
                validity = NumberIn(code, "[UIDVALIDITY ") ?? validity;
                next = NumberIn(code, "[UIDNEXT ") ?? next;
            }
        });
        return new(validity, next, messages);
    }

    public void Dispose() => Wire.Dispose();

    private static uint? NumberIn(string code, string item) =>
        code.StartsWith(item, StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(code[item.Length..].TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number : null;

    private async Task SignInAsync(CyrusOptions options, AccountMailbox mailbox, CancellationToken cancellationToken)
    {
        await Wire.ReadLineAsync();
        var password = await options.ReadPasswordAsync(cancellationToken);
        var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{mailbox.Username}\0{options.AdminUser}\0{password}"));
        var end = await Wire.AskAsync($"AUTHENTICATE PLAIN {plain}");
        if (!ImapWire.IsOk(end)) throw new CopyException(CopyFailure.TargetLost, new ImapRefusal(end).ResponseText);
        await Wire.AskCapabilitiesAsync();
        await CheckAsync(mailbox);
        await ListAsync();
    }

    // Asked on this connection, as the user: no other mailbox can have the name between the question and the copy.
    private async Task CheckAsync(AccountMailbox mailbox)
    {
        string? id = null;
        var end = await Wire.AskAsync("STATUS INBOX (MAILBOXID)", tokens =>
        {
            if (tokens is ["STATUS", _, List<object?> and ["MAILBOXID", List<object?> and [string told]], ..]) id = told;
        });
        if (!ImapWire.IsOk(end)) throw new CopyException(CopyFailure.MailboxMissing, new ImapRefusal(end).ResponseText);
        if (mailbox.Id is { } own && own.Value != id)
            throw new CopyException(CopyFailure.MailboxMissing, $"MAILBOXID {id} instead of {own}");
    }

    private async Task ListAsync()
    {
        await Wire.AskAsync("NAMESPACE", tokens =>
        {
            if (tokens is ["NAMESPACE", List<object?> and [List<object?> and [var prefix, var separator, ..], ..], ..])
                (_prefix, Separator) = (ImapTokens.Text(prefix) ?? "", ImapTokens.Text(separator) is [var first, ..] ? first : '/');
        });
        await Wire.OkAsync("LIST \"\" \"*\" RETURN (SPECIAL-USE)", tokens =>
        {
            if (tokens is ["LIST", List<object?> marks, _, var name, ..] && ImapTokens.Text(name) is { } raw) Add(raw, marks);
        });
    }

    private void Add(string raw, List<object?> marks)
    {
        var own = raw.StartsWith(_prefix, StringComparison.Ordinal) ? raw[_prefix.Length..] : raw;
        var name = raw.Equals("INBOX", StringComparison.OrdinalIgnoreCase)
            ? "INBOX" : string.Join('/', own.Split(Separator).Select(ImapText.Decode));
        _folders[name] = marks.OfType<string>().Select(SourceFolders.UseOf).FirstOrDefault(u => u is not null);
    }
}
