using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>How much mail waits on this host, for pages that say what a switch means for it.</summary>
public sealed class WaitingMail
{
    private readonly MailQueue _queue;

    internal WaitingMail(MailQueue queue, MapOptions options) => (_queue, Host) = (queue, options.Host);

    public string Host { get; }

    /// <summary>Messages with recipients under the domain's names; null when Postfix did not answer within the budget.</summary>
    public async Task<int?> CountAsync(MailDomain domain, TimeSpan budget, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(budget);
        var names = domain.Aliases.Select(a => a.Name.Value).Prepend(domain.Name.Value).ToHashSet(StringComparer.Ordinal);
        try
        {
            return (await _queue.ListAsync(names, limit.Token)).Count;
        }
        catch (Exception failure) when (failure is OperationCanceledException or CommandException or System.Text.Json.JsonException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
