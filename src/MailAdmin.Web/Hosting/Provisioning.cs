using MailAdmin.Core.Data;
using MailAdmin.Provisioning;
using MailAdmin.Provisioning.Logins;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Sending;

namespace MailAdmin.Web.Hosting;

internal static class Provisioning
{
    /// <summary>
    /// What makes the servers match, each part where its section of the settings is: the worker (<c>Cyrus</c>, <c>Sieve</c>), the follower of the maps
    /// (<c>Maps:Folder</c>), the login socket (<c>Logins:Socket</c>, unless <c>Logins:OwnProcess</c> leaves it to <c>login-service</c>).
    /// </summary>
    public static void AddProvisioning(this IHostApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection(PanelSettings.Section);
        if (!settings.GetValue("Logins:OwnProcess", false)) builder.AddLogins();
        builder.AddServers();
        builder.Services.AddSingleton<MailDelivery>();
        if (settings.GetSection("Cyrus").Exists() || settings["Maps:Folder"] is not null) builder.Services.AddMailDelivery();
    }

    /// <summary>Cyrus and the maps, each where its section is; for commands, which run no worker, as well.</summary>
    public static void AddServers(this IHostApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection(PanelSettings.Section);
        var cyrus = settings.GetSection("Cyrus");
        if (cyrus.Exists()) builder.Services.AddWorker(cyrus.Bind, settings.GetSection("Sieve").Bind);
        if (settings.GetSection("Maps") is var maps && maps["Folder"] is not null) builder.Services.AddFollower(maps.Get<MapOptions>()!);
    }

    /// <summary>The login socket, where the settings name one, and with it the policy service and the milter (<c>Sending</c>).</summary>
    public static void AddLogins(this IHostApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection(PanelSettings.Section);
        if (settings["Logins:Socket"] is not { } socket) return;
        var group = settings["Logins:SocketGroup"] is { } name && !string.IsNullOrWhiteSpace(name) ? name : null;
        builder.Services.AddLogins(LoginsOf(socket, group, settings.GetSection("Cyrus")));
        if (settings["Sending:Socket"] is not { } policy) return;
        var sending = new SendingOptions { Socket = policy, MilterSocket = MilterOf(settings)!, SocketGroup = group };
        builder.Services.AddSending(sending, provider => provider.GetRequiredService<SenderDirectory>().Find);
    }

    /// <summary>Where the milter listens: as told, else beside the policy service; null where there is neither.</summary>
    public static string? MilterOf(IConfiguration settings) =>
        settings["Sending:Milter"] ?? (settings["Sending:Socket"] is { } policy ? Path.Combine(Path.GetDirectoryName(policy) ?? "/", "milter") : null);

    private static void AddLogins(this IServiceCollection services, LoginOptions options) => services.AddLogins(
        options,
        provider => provider.GetRequiredService<LoginDirectory>().Find,
        provider => (batch, token) => SaveAsync(provider.GetRequiredService<LoginDirectory>(), batch, token));

    private static async Task SaveAsync(LoginDirectory directory, IReadOnlyCollection<LastLogin> batch, CancellationToken token)
    {
        var (tried, done) = (batch.Where(l => l.TriedAddress is not null).ToList(), batch.Where(l => l.TriedAddress is null).ToList());
        if (done.Count > 0) await directory.SaveLastLoginsAsync(done.Select(l => (l.AccountId, l.Service, l.At)), token);
        if (tried.Count > 0) await directory.NoteTriedAsync(tried.Select(l => (l.AccountId, l.Service, l.At, l.TriedAddress!)), token);
    }

    private static LoginOptions LoginsOf(string socket, string? group, IConfigurationSection cyrus) => new()
    {
        Socket = socket,
        SocketGroup = group,
        KillCommand = cyrus.GetSection("KillCommand").Get<string[]>() ?? [],
        AdminUser = cyrus["AdminUser"],
        AdminPassword = cyrus["AdminPasswordFile"] is { } file ? File.ReadLines(file).FirstOrDefault() : cyrus["AdminPassword"],
    };
}
