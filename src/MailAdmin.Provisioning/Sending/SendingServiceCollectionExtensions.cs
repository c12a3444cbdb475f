using MailAdmin.Core.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Sending;

public static class SendingServiceCollectionExtensions
{
    /// <summary>
    /// Adds the policy service and the milter, which Postfix asks about each message of a user. They belong to the process that has the
    /// login socket (<c>AddLogins</c>), because it knows which password each session began with. The same group may connect to them.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Already validated by the caller; <c>Socket</c> is set.</param>
    /// <param name="find">Reads the account of a name in lower case; it throws if the database can't be queried.</param>
    public static IServiceCollection AddSending(
        this IServiceCollection services, SendingOptions options, Func<IServiceProvider, Func<string, long, SenderRecord?>> find)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new FindSender(find(provider)));
        services.AddSingleton<SentMessages>();
        services.AddSingleton<SendingPolicy>();
        services.AddSingleton<SenderHeaderRule>();
        services.AddSingleton<ScriptRule>();
        // Services stop in reverse order: the counts are written after the servers have stopped.
        services.AddHostedService<SentMessagesHostedService>();
        services.AddHostedService<PolicyServer>();
        services.AddHostedService<MilterServer>();
        return services;
    }
}
