namespace MailAdmin.Core.Data;

/// <summary>Admits the transactions of this process that write. How many at once is the database's matter.</summary>
public interface IWriteGate
{
    /// <summary>Waits for the turn; disposing the result ends it and wakes the next waiter.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled while waiting.</exception>
    Task<IDisposable> EnterAsync(CancellationToken token);

    /// <summary>The same for a transaction that is rolled back: waiting writers go before it.</summary>
    /// <inheritdoc cref="EnterAsync"/>
    Task<IDisposable> EnterForDryRunAsync(CancellationToken token);
}
