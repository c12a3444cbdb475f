using MailAdmin.Core.Passwords;

namespace MailAdmin.Core.Imports;

/// <summary>Hashes the passwords of some rows before their transaction, on the threads of the password hash queue.</summary>
internal sealed class ImportPasswordHashes(PasswordHasher hasher, PasswordHashQueue queue)
{
    public Task<RowInWork[]> ReadyAsync(IEnumerable<RowInWork> rows, CancellationToken cancellationToken) =>
        Task.WhenAll(rows.Select(r => HashAsync(r, cancellationToken)));

    private async Task<RowInWork> HashAsync(RowInWork work, CancellationToken cancellationToken)
    {
        if (work is not { Row: { Kind: ImportKind.Account, IsCarriedOut: true } row, Kept.State: ImportRowState.Waiting }) return work;
        if (row.Hash is not null) return work with { Hash = row.Hash };
        if (row.Account is null && row.Password is null)
        {
            var made = PasswordGenerator.Create();
            return work with { Generated = made, Hash = await RunAsync(() => hasher.Hash(made), cancellationToken) };
        }
        if (row.Password is not { } password || (row.Account is not null && !row.Changed(ListColumn.Password))) return work;
        // The same password again is no change: nobody is signed out.
        if (row.Account is { } present && PasswordHash.TryParse(present.PasswordHash, out var known)
            && await RunAsync(() => hasher.Verify(password, known), cancellationToken)) return work;
        return work with { Hash = await RunAsync(() => hasher.Hash(password), cancellationToken) };
    }

    // Users who sign in go first.
    private Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        queue.RunAsync(work, HashClass.Doubtful, cancellationToken);
}
