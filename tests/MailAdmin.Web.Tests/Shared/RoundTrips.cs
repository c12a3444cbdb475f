using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>
/// Counts the commands that reach one panel's database. It has to listen before the panel starts: Entity Framework checks only once a
/// second whether there is a listener. Commands that the background work sends now and then belong to no page.
/// </summary>
internal sealed class RoundTrips : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string _database;
    private readonly List<IDisposable> _subscriptions = [];
    private readonly List<string> _commands = [];

    public RoundTrips(string database)
    {
        _database = database;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>The SQL of the commands, in order.</summary>
    public IReadOnlyList<string> Commands
    {
        get { lock (_commands) return [.. _commands]; }
    }

    /// <summary>Forgets the commands so far.</summary>
    public void Clear()
    {
        lock (_commands) _commands.Clear();
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != RelationalEventId.CommandExecuted.Name || value.Value is not CommandExecutedEventData executed) return;
        if (IsOurs(executed.Command.Connection) && !executed.Command.CommandText.StartsWith("-- hoster", StringComparison.Ordinal))
            lock (_commands) _commands.Add(executed.Command.CommandText);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());

    private bool IsOurs(DbConnection? connection) => connection?.DataSource == _database;
}
