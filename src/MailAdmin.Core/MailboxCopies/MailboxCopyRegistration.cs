using MailAdmin.Core.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Core.MailboxCopies;

internal static class MailboxCopyRegistration
{
    public static void AddMailboxCopies(this IServiceCollection services)
    {
        services.TryAddSingleton(new MailboxCopyOptions());
        services.TryAddSingleton<PanelKey>();
        services.AddSingleton<SourceNetworks>();
        services.AddSingleton<SourceSecrets>();
        services.AddSingleton<MailboxCopyRules>();
        services.AddSingleton<MailboxCopyJournal>();
        services.AddSingleton<MailboxCopyService>();
        services.AddSingleton<MailboxCopyRepository>();
    }
}
