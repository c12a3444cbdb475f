using System.ComponentModel.DataAnnotations;
using MailAdmin.Core.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Sending;

public static class SendingServiceCollectionExtensions
{
    /// <summary>
    /// The policy service and the milter that Postfix asks about each message of a user. They belong to the process that has the login socket (<c>AddLogins</c>),
    /// which knows with what password each session began.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="find">Reads the account of a name in lower case; it throws when the database can't be asked.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static IServiceCollection AddSending(
        this IServiceCollection services, SendingOptions options, Func<IServiceProvider, Func<string, long, SenderRecord?>> find)
    {
        services.AddSingleton(options.Checked());
        services.AddSingleton(provider => new FindSender(find(provider)));
        services.AddSingleton<SentMessages>().AddSingleton<SendingPolicy>().AddSingleton<SenderHeaderRule>().AddSingleton<ScriptRule>();
        // Services stop in the reverse order: what was sent is written when no more comes.
        services.AddHostedService<SentMessagesHostedService>();
        return services.AddHostedService<PolicyServer>().AddHostedService<MilterServer>();
    }
}
