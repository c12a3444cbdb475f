using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Results;
using MailAdmin.Core.Vacations;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;
using MailAdmin.Testing.Hosts;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace MailAdmin.EndToEnd.Tests.Vacations;

/// <summary>The classes that share one <see cref="VacationHost"/>.</summary>
[CollectionDefinition(Name)]
public sealed class VacationCollection : ICollectionFixture<VacationHost>
{
    public const string Name = "Vacations";
}

/// <summary>
/// A sandbox in which vacations are set as another process of the installation would, and mail that external servers send to it.
/// </summary>
public sealed class VacationHost : OwnExample
{
    private static int _senders;
    private ServiceProvider? _services;

    private ServiceProvider Services => _services ??= new ServiceCollection()
        .AddMailAdminCore(
            new DatabaseOptions
            {
                File = Sandbox.Folder.Database,
                StoreName = DomainName.Parse("store.sandbox.test"),
                StoreNextHop = "unused"
            }, new PasswordOptions())
        .BuildServiceProvider();

    /// <summary>A new sender at example.net who has never written before.</summary>
    public static string NewSender() => $"sender{Interlocked.Increment(ref _senders)}@example.net";

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Adds an account to exemple.be and waits until its mailbox is in place.</summary>
    internal async Task<AwayUser> AddUserAsync(string localPart)
    {
        MailDomain domain = null!;
        await Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            domain = await write.Context.Domains.SingleAsync(d => d.Name == DomainName.Parse("exemple.be"));
            // Each test has an account of its own.
            domain.MaxAccounts = null;
        });
        var account = Done(await Get<AccountService>().CreateAsync(
            new NewAccount(domain.Id, LocalPart.Parse(localPart), new Quota(1000), Password, Password), Actor.Panel));
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, $"{localPart}@exemple.be")));
        return new(this, account, $"{localPart}@exemple.be");
    }

    public async Task AddAliasAsync(string localPart, params string[] destinations)
    {
        await using var context = Get<MailDatabase>().Open();
        var domain = await context.Domains.SingleAsync(d => d.Name == DomainName.Parse("exemple.be"));
        Done(await Get<AliasService>().CreateAsync(domain.Id, LocalPart.Parse(localPart), destinations, Actor.Panel));
        await Eventually.HoldsAsync(
            async () => Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(Sandbox, $"{localPart}@exemple.be")));
    }

    /// <summary>The answers that a sender has received so far.</summary>
    public IReadOnlyList<MimeMessage> AnswersTo(string sender) =>
        [.. Sandbox.Outside.Messages().Where(m => m.Recipients.Contains(sender)).Select(m => m.Message)];

    /// <summary>Sends mail as an external server does.</summary>
    public async Task SendAsync(
        string sender, string recipient, string subject, Action<MimeMessage>? change = null, string? envelopeSender = null)
    {
        using var message = new MimeMessage(
            [new MailboxAddress("", sender)], [new MailboxAddress("", recipient)], subject, new TextPart("plain") { Text = "Bonjour ?" });
        change?.Invoke(message);
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", Sandbox.Ports.Smtp, SecureSocketOptions.None);
        await smtp.SendAsync(message, new MailboxAddress("", envelopeSender ?? sender), [new MailboxAddress("", recipient)]);
        await smtp.DisconnectAsync(quit: true);
    }

    internal static T Done<T>(Result<T> result) where T : class =>
        result.Value ?? throw new InvalidOperationException(string.Join(", ", result.Problems.Select(p => $"{p.Field} {p.Code}")));
}

/// <summary>A user who goes on leave.</summary>
internal sealed class AwayUser(VacationHost host, Account account, string address)
{
    public string Address => address;

    public Account Account => account;

    public MailUser Mail => new(host.Sandbox, account.Username.Value, OwnExample.Password);

    public VacationRequest Typed { get; } = new(0, IsOn: true, "Absence", "je ne suis pas la", From: null, Until: null, IntervalDays: 7);

    /// <summary>Saves over the present vacation, and waits until the server has it.</summary>
    public async Task SaveAsync(VacationRequest request)
    {
        var present = await host.Get<VacationRepository>().FindAsync(account.Id);
        VacationHost.Done(
            await host.Get<VacationService>().SaveAsync(account.Id, request with { Version = present?.Version ?? 0 }, Actor.Panel));
        await InPlaceAsync();
    }

    /// <summary>Sets days as if time had passed, which no form would accept any more.</summary>
    public async Task SetDaysAsync(DateOnly? from, DateOnly? until)
    {
        await host.Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            var vacation = await write.Context.Vacations.SingleAsync(v => v.AccountId == account.Id);
            (vacation.From, vacation.Until) = (from, until);
            await write.EnqueueAsync(JobKind.Script, account.Id);
        });
        await InPlaceAsync();
    }

    /// <summary>Makes the vacation due for the daily look, as if a day had passed.</summary>
    public Task ComeToItsTurnAsync() => ChangeAsync(v => v.LookedAt = null);

    public Task ChangeAsync(Action<Vacation> change) => host.Get<MailDatabase>().ExecuteWithoutAuditAsync(async context =>
    {
        change(await context.Vacations.SingleAsync(v => v.AccountId == account.Id));
        return true;
    });

    public Task InPlaceAsync() => Eventually.HoldsAsync(async () =>
    {
        await using var context = host.Get<MailDatabase>().Open();
        Assert.Null(
            await context.Jobs.Where(t => t.Kind == JobKind.Script && t.SubjectId == account.Id)
                .Select(t => t.LastError ?? "waiting").SingleOrDefaultAsync());
    });

    /// <summary>Connects like the user's own mail program for scripts.</summary>
    public async Task<T> WithScriptsAsync<T>(Func<ManageSieveClient, Task<T>> work)
    {
        var admin = host.Sandbox.Description.CyrusAdmin;
        await using var client = await ManageSieveClient.SignInAsync(
            new SieveOptions { Host = "127.0.0.1", Port = host.Sandbox.Ports.Sieve, StartTls = false },
            new CyrusOptions { AdminUser = admin.User, AdminPassword = admin.Password }, TimeProvider.System, account.Username,
            CancellationToken.None);
        return await work(client);
    }

    public Task<bool> ActivateOwnAsync(string name, string script) => WithScriptsAsync(async client =>
    {
        await client.PutScriptAsync(name, script, CancellationToken.None);
        // Cyrus lists a script under another name if its name is not ASCII.
        var listed = await client.ListScriptsAsync(CancellationToken.None);
        await client.SetActiveAsync(listed.Single(s => s.Name != SieveScripts.Name).Name, CancellationToken.None);
        return true;
    });

    public Task<string?> ActiveScriptAsync() => WithScriptsAsync(async client =>
        (await client.ListScriptsAsync(CancellationToken.None)).FirstOrDefault(s => s.IsActive)?.Name);
}
