using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Hosters;

/// <summary>The hoster's settings, which every page needs. They are cached in memory, so that pages do not query the database.</summary>
public sealed class HosterRepository(MailDatabase database) : IDisposable
{
    // Reads run one at a time, so that an older result never replaces a newer one.
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Hoster _current = new();

    /// <summary>The settings as last read; must not be modified. Everything is null until something was set.</summary>
    public Hoster Current => _current;

    /// <summary>Reads the settings again: after a change in this process, and now and then for changes made elsewhere.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var context = database.Open();
            var version = await context.Hosters.TagWith("hoster").Select(h => h.Version).SingleOrDefaultAsync(cancellationToken);
            if (version != _current.Version) _current = await context.Hosters.SingleOrDefaultAsync(cancellationToken) ?? new();
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
