using System.Net.Sockets;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Limits the number of open connections. When the limit is reached, the client that has been silent longest is disconnected: a flood of
/// silent clients does not shut the others out.
/// </summary>
internal sealed class ConnectionLimiter(int limit)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Socket> _silent = [];
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _closing;

    /// <summary>
    /// Admits a client. Null when the limit is reached and every client has sent its request and waits for its answer, or when closing.
    /// </summary>
    public LinkedListNode<Socket>? Enter(Socket client)
    {
        lock (_gate)
        {
            if (_closing) return null;
            if (_count >= limit && !EvictIdle()) return null;
            _count++;
            return _silent.AddLast(client);
        }
    }

    /// <summary>Marks the client's request as complete; the client is no longer disconnected for others. False if it already was.</summary>
    public bool MarkActive(LinkedListNode<Socket> client)
    {
        lock (_gate)
        {
            if (client.List is null) return false;
            _silent.Remove(client);
            return true;
        }
    }

    public void Leave(LinkedListNode<Socket> client)
    {
        lock (_gate)
        {
            if (client.List is not null) _silent.Remove(client);
            _count--;
            if (_closing && _count == 0) _empty.TrySetResult();
        }
    }

    /// <summary>
    /// Admits no more clients, closes those without a complete request, and completes when the others have their answers.
    /// </summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closing = true;
            while (EvictIdle())
            {
            }

            if (_count == 0) _empty.TrySetResult();
            return _empty.Task;
        }
    }

    // The client counts until its own job has called Leave, a moment later.
    private bool EvictIdle()
    {
        if (_silent.First is not { } oldest) return false;
        _silent.Remove(oldest);
        oldest.Value.Dispose();
        return true;
    }
}
