using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Provisioning.MailboxCopies;

internal static class MailboxCopyServices
{
    /// <summary>Adds what connects to other servers.</summary>
    public static void AddSourceConnector(this IServiceCollection services)
    {
        services.TryAddSingleton<SourceAddresses>();
        services.TryAddSingleton<SourceConnector>();
    }

    /// <summary>Adds the copies of mailboxes on other servers.</summary>
    public static void AddMailboxCopying(this IServiceCollection services)
    {
        services.AddSourceConnector();
        services.AddSingleton<MailboxCopier>();
        services.AddHostedService<MailboxCopiesHostedService>();
    }
}
