using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Redirects;

/// <summary>An account's redirect was added, removed or edited.</summary>
internal sealed record RedirectChanged(long AccountId) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class RedirectChangeReader : ChangeReader<AccountRedirect>
{
    protected override IEnumerable<ModelChange> Read(AccountRedirect redirect, EntityEntry entry) =>
        [new RedirectChanged(redirect.AccountId)];
}
