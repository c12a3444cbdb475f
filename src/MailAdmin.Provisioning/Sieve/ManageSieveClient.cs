using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Provisioning.Sieve;

/// <param name="IsActive">At most one of a user's scripts is active.</param>
internal sealed record SieveScriptName(string Name, bool IsActive);

/// <summary>
/// One connection to a ManageSieve server (RFC 5804) on behalf of one user, for one command at a time. Every wait is bounded, and every
/// failure is one of two: <see cref="SieveRefusedException"/> or <see cref="SieveUnavailableException"/>. The class can't sign in as the
/// administrator for themselves, so their own scripts are never touched.
/// </summary>
internal sealed class ManageSieveClient : IAsyncDisposable
{
    private readonly SieveOptions _options;
    private readonly TimeProvider _time;
    private readonly ServerExchange _exchange;
    private SieveTransport? _wire;

    private ManageSieveClient(SieveOptions options, TimeSpan timeout, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _exchange = new(Place, timeout, time, (words, cause) => new SieveUnavailableException(words, cause));
    }

    /// <summary>The capabilities that the server announced after the sign-in.</summary>
    public SieveCapabilities Capabilities { get; private set; } = null!;

    private string Place => $"ManageSieve at {_options.Host}:{_options.Port}";

    /// <summary>Signs in as the owner of the scripts with the administrator's password (RFC 4616, authzid).</summary>
    /// <exception cref="SieveRefusedException">
    /// The administrator may not act for the owner, or the server lacks STARTTLS or PLAIN.
    /// </exception>
    /// <exception cref="SieveUnavailableException">The server can't be asked.</exception>
    public static async Task<ManageSieveClient> SignInAsync(
        SieveOptions options, CyrusOptions cyrus, TimeProvider time, Username owner, CancellationToken cancellationToken)
    {
        var client = new ManageSieveClient(options, cyrus.CommandTimeout, time);
        try
        {
            client.Capabilities = await client.RunAsync(client.ConnectAsync, cancellationToken);
            if (options.StartTls) await client.StartTlsAsync(cancellationToken);
            var password = await client.RunAsync(cyrus.ReadPasswordAsync, cancellationToken);
            await client.AuthenticateAsync(owner, cyrus.AdminUser, password, cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<SieveScriptName>> ListScriptsAsync(CancellationToken cancellationToken)
    {
        var response = await AskAsync(SieveCommand.Of("LISTSCRIPTS"), cancellationToken, isVerbatim: Capabilities.ListsNamesVerbatim);
        return [.. response.Lines.Select(l => new SieveScriptName(l[0].Text, l is [_, { Kind: SieveTokenKind.Atom, Text: "ACTIVE" }]))];
    }

    /// <exception cref="SieveRefusedException"><see cref="SieveRefusal.Missing"/>: there is no script of that name.</exception>
    public async Task<string> GetScriptAsync(string name, CancellationToken cancellationToken)
    {
        var response = await AskAsync(SieveCommand.Of("GETSCRIPT", name), cancellationToken);
        return response.Lines is [[var script]]
            ? script.Text : throw new SieveUnavailableException($"{Place} gives no script for '{name}'");
    }

    /// <summary>Lets the server compile the script without storing it.</summary>
    /// <exception cref="SieveRefusedException">
    /// <see cref="SieveRefusal.InvalidScript"/>: the server's words have the line number.
    /// </exception>
    public Task CheckScriptAsync(string script, CancellationToken cancellationToken) =>
        SendScriptAsync("CHECKSCRIPT", null, script, cancellationToken);

    /// <summary>
    /// Uploads a script. It first asks whether there is room: after refusing a length, Cyrus would read the script's lines as commands.
    /// </summary>
    public async Task PutScriptAsync(string name, string script, CancellationToken cancellationToken)
    {
        await HaveSpaceAsync(name, Encoding.UTF8.GetByteCount(script), cancellationToken);
        await SendScriptAsync("PUTSCRIPT", name, script, cancellationToken);
    }

    /// <param name="octets">The length of the script to upload.</param>
    public Task HaveSpaceAsync(string name, int octets, CancellationToken cancellationToken) =>
        AskAsync(SieveCommand.Of("HAVESPACE", name, octets), cancellationToken);

    /// <param name="name">Empty for no active script.</param>
    public Task SetActiveAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(SieveCommand.Of("SETACTIVE", name), cancellationToken);

    public Task DeleteScriptAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(SieveCommand.Of("DELETESCRIPT", name), cancellationToken);

    /// <summary>Sends LOGOUT, after which no command is possible; a server that does not disconnect is left within a second.</summary>
    public async ValueTask DisposeAsync() => await LeaveAsync();

    private Task LeaveAsync() => Interlocked.Exchange(ref _wire, null)?.LeaveAsync(_time) ?? Task.CompletedTask;

    private async Task<SieveCapabilities> ConnectAsync(CancellationToken cancellationToken)
    {
        _wire = await SieveTransport.ConnectAsync(_options, cancellationToken);
        return SieveCapabilities.Of((await SieveResponse.ReadAsync(_wire.Reader, cancellationToken)).Accepted(Place));
    }

    private async Task StartTlsAsync(CancellationToken cancellationToken)
    {
        if (!Capabilities.StartTls) throw new SieveRefusedException(SieveRefusal.Unsupported, $"{Place} offers no STARTTLS");
        await AskAsync(SieveCommand.Of("STARTTLS"), cancellationToken);
        Capabilities = await RunAsync(async token =>
        {
            await _wire!.SecureAsync(_options, token);
            // Capabilities announced before TLS must be discarded; the server announces them again by itself (RFC 5804, section 2.2).
            return SieveCapabilities.Of((await SieveResponse.ReadAsync(_wire.Reader, token)).Accepted(Place));
        }, cancellationToken);
    }

    private async Task AuthenticateAsync(Username owner, string admin, string password, CancellationToken cancellationToken)
    {
        if (!Capabilities.Mechanisms.Contains("PLAIN"))
            throw new SieveRefusedException(SieveRefusal.Unsupported, $"{Place} offers no sign-in with PLAIN");
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{owner.Value}\0{admin}\0{password}"));
        try
        {
            await AskAsync(SieveCommand.Of("AUTHENTICATE", "PLAIN", secret), cancellationToken, SieveRefusal.SignIn);
        }
        catch (SieveRefusedException refusal) when (refusal.Reason == SieveRefusal.SignIn)
        {
            throw new SieveRefusedException(
                SieveRefusal.SignIn, $"{Place} does not let {admin} act for {owner}: {refusal.Message}", refusal);
        }
        Capabilities = SieveCapabilities.Of(await AskAsync(SieveCommand.Of("CAPABILITY"), cancellationToken));
        // A server that ignores the authorization identity would make the panel change the administrator's own scripts.
        if (Capabilities.Owner is { } told && told != owner.Value)
            throw new SieveRefusedException(SieveRefusal.SignIn, $"{Place} took {owner} for {told}");
    }

    private async Task SendScriptAsync(string command, string? name, string script, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(
                name is null
                ? SieveCommand.Of(command, script) : SieveCommand.Of(command, name, script), cancellationToken, SieveRefusal.InvalidScript);
        }
        catch (SieveRefusedException)
        {
            // It is unknown whether the server has read the script's octets.
            await DisposeAsync();
            throw;
        }
    }

    private Task<SieveResponse> AskAsync(
        byte[] command, CancellationToken cancellationToken, SieveRefusal uncoded = SieveRefusal.Other, bool isVerbatim = false) =>
            RunAsync(async token =>
    {
        var wire = _wire ?? throw new SieveUnavailableException($"{Place} was left");
        wire.Reader.IsVerbatim = isVerbatim;
        await wire.WriteAsync(command, token);
        return (await SieveResponse.ReadAsync(wire.Reader, token)).Accepted(Place, uncoded);
    }, cancellationToken);

    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        try
        {
            return await ServerMetrics.MeasureAsync(
                ServerMetrics.ManageSieve, "script", () => _exchange.RunAsync((_, token) => exchange(token), _ => null, cancellationToken));
        }
        finally
        {
            // The caller has waited long enough, and does not wait for the LOGOUT.
            if (!_exchange.IsWhole) _ = LeaveAsync();
        }
    }
}
