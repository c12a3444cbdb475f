using MailAdmin.Core.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Sending;

public static class SendingServiceCollectionExtensions
{
    /// <summary>
    /// The policy service and the milter that Postfix asks about each message of a user. They belong to the process that has the login
    /// socket (<c>AddLogins</c>), which knows with what password each session began; the same group may connect.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Checked by whoever read them; a socket is named.</param>
    /// <param name="find">Reads the account of a name in lower case; it throws when the database can't be asked.</param>
    public static IServiceCollection AddSending(
        this IServiceCollection services, SendingOptions options, Func<IServiceProvider, Func<string, long, SenderRecord?>> find)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new FindSender(find(provider)));
        services.AddSingleton<SentMessages>();
        services.AddSingleton<SendingPolicy>();
        services.AddSingleton<SenderHeaderRule>();
        services.AddSingleton<ScriptRule>();
        // Services stop in the reverse order: what was sent is written when no more comes.
        services.AddHostedService<SentMessagesHostedService>();
        services.AddHostedService<PolicyServer>();
        services.AddHostedService<MilterServer>();
        return services;
    }
}
