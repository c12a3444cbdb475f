using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Passwords;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Logins;

/// <summary>Decides who may sign in to which mail service.</summary>
internal sealed class LoginService(
    FindLogin find, PasswordCheck passwords, PasswordRenewals renewals, LastLogins lastLogins, CyrusAdministrator admin,
    ILogger<LoginService> logger) : IDisposable
{
    /// <summary>Concurrent lookups. Each blocks its thread, so a database that hangs must not block more threads than these.</summary>
    public const int MaxLookups = 2;

    // A lookup takes microseconds; continuing on another thread takes as long.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(1);

    // The administrator makes mailboxes and scripts, and has no mail to fetch or send.
    private const MailProtocols AdminServices = MailProtocols.Imap | MailProtocols.Sieve;

    private readonly SemaphoreSlim _lookups = new(MaxLookups);

    /// <summary>The latest sign-in of each process, for services that don't check the account again themselves.</summary>
    public MailSessions Sessions { get; } = new();

    /// <summary>Decides about a request. Never throws because of the request, except when cancelled.</summary>
    public async ValueTask<LoginVerdict> CheckAsync(LoginRequest request, CancellationToken cancellationToken)
    {
        var service = ServiceOf(request.Service);
        if (service == MailProtocols.None) return LoginVerdict.No;
        try
        {
            return IsAdmin(request)
                ? await CheckAdminAsync(request, service, cancellationToken)
                : await CheckAccountAsync(request, service, cancellationToken);
        }
        catch (PasswordHashQueueFullException)
        {
            logger.PasswordHashQueueFull();
            return LoginVerdict.Unknown;
        }
    }

    public void Dispose() => _lookups.Dispose();

    private async ValueTask<LoginVerdict> CheckAccountAsync(
        LoginRequest request, MailProtocols service, CancellationToken cancellationToken)
    {
        var asked = NameOf(request, service);
        var (known, account) = await FindAsync(asked, cancellationToken);
        if (!known) return LoginVerdict.Unknown;
        if (asked is null) await RecordAddressAsync(request, service, cancellationToken);
        var name = account?.Username ?? asked ?? "";
        var hash = HashOf(account);
        var verified = passwords.IsVerified(name, request.Password, hash);
        var answer = verified ? PasswordAnswer.Right : await passwords.AskAsync(name, request.Password, hash, cancellationToken);
        if (answer != PasswordAnswer.Right) return answer == PasswordAnswer.Wrong ? LoginVerdict.No : LoginVerdict.Unknown;
        if (account is null || !account.MayLogin || !account.Services.HasFlag(service)) return LoginVerdict.No;
        if (!account.HasMailbox && service != MailProtocols.Smtp) return LoginVerdict.Unknown;
        // The account was suspended or got a new password during the hashing. Its sessions were ended then, and this one would survive.
        if (!verified && await HasChangedAsync(asked, account, cancellationToken)) return LoginVerdict.Unknown;
        renewals.Renew(account, hash!, request.Password);
        lastLogins.Add(account.AccountId, service);
        Sessions.Add(request.Process, service, account);
        return LoginVerdict.Ok;
    }

    // Users type their address, which Cyrus accepts as no username whatever the panel answers (docs/decisions/0034). The panel shows the
    // attempt to the account's admins.
    private async ValueTask RecordAddressAsync(LoginRequest request, MailProtocols service, CancellationToken cancellationToken)
    {
        if (AddressOf(request) is not { } address || (await FindAsync(address, cancellationToken)).Account is not { } account) return;
        if (lastLogins.AddTried(account.AccountId, service, address)) logger.AddressTried(request.Service, address, account.Username);
    }

    private async ValueTask<bool> HasChangedAsync(string? asked, LoginRecord account, CancellationToken cancellationToken)
    {
        var (known, now) = await FindAsync(asked, cancellationToken);
        return !known || now != account;
    }

    private async ValueTask<LoginVerdict> CheckAdminAsync(LoginRequest request, MailProtocols service, CancellationToken cancellationToken)
    {
        if (admin.Has(request.Password.Span) is not { } isRight)
        {
            logger.AdminPasswordUnreadable();
            return LoginVerdict.Unknown;
        }
        if (isRight) return AdminServices.HasFlag(service) ? LoginVerdict.Ok : LoginVerdict.No;
        await passwords.WrongAsync(request.User, request.Password, cancellationToken);
        return LoginVerdict.No;
    }

    private bool IsAdmin(LoginRequest request) => request.Realm.Length == 0 && admin.IsCalled(request.User);

    private async ValueTask<(bool Known, LoginRecord? Account)> FindAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is null) return (true, null);
        if (!_lookups.Wait(Timeout, cancellationToken)) await _lookups.WaitAsync(cancellationToken);
        try
        {
            return (true, find(name));
        }
        catch (Exception e)
        {
            // Whatever keeps the database from answering, the result is the same: neither yes nor no.
            logger.AccountsUnreadable(e);
            return (false, null);
        }
        finally
        {
            _lookups.Release();
        }
    }

    private PasswordHash? HashOf(LoginRecord? account)
    {
        if (account is null) return null;
        if (!PasswordHash.TryParse(account.PasswordHash, out var hash)) logger.HashUnreadable(account.Username);
        return hash;
    }

    // Cyrus folds the case of a username itself, smtpd does not. Only smtpd accepts an address: Cyrus would refuse it after our OK.
    private static string? NameOf(LoginRequest request, MailProtocols service)
    {
        if (request.Realm.Length == 0)
            return Username.TryParse(request.User, out var name) && IsSame(name.Value, request.User) ? name.Value : null;
        return service == MailProtocols.Smtp ? AddressOf(request) : null;
    }

    private static string? AddressOf(LoginRequest request) =>
        AddrSpec.TryParse($"{request.User}@{request.Realm}".ToLowerInvariant(), out var address) && IsSame(address.LocalPart, request.User)
            ? address.Value : null;

    // Parsing trims spaces, but the server that asks would continue with them.
    private static bool IsSame(string parsed, string asked) => string.Equals(parsed, asked, StringComparison.OrdinalIgnoreCase);

    private static MailProtocols ServiceOf(string name) => name switch
    {
        "imap" => MailProtocols.Imap,
        "pop" or "pop3" => MailProtocols.Pop3,
        "sieve" => MailProtocols.Sieve,
        "smtp" => MailProtocols.Smtp,
        _ => MailProtocols.None,
    };
}

/// <summary>Reads the account of a username or an address; null if there is none.</summary>
/// <param name="name">A username in lower case, or an address with A-labels in lower case.</param>
/// <remarks>It throws if the database can't be queried.</remarks>
internal delegate LoginRecord? FindLogin(string name);
