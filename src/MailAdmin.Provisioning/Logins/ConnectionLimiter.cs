using System.Net.Sockets;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// The open connections, so many and no more. When all places are taken the one that has kept silent longest gives way: a flood of silent
/// clients costs the others nothing.
/// </summary>
internal sealed class ConnectionLimiter(int limit)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Socket> _silent = [];
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _closing;

    /// <summary>Null when there is no place: everybody has asked and waits for an answer.</summary>
    public LinkedListNode<Socket>? Enter(Socket client)
    {
        lock (_gate)
        {
            if (_closing) return null;
            if (_count >= limit && !GiveWay()) return null;
            _count++;
            return _silent.AddLast(client);
        }
    }

    /// <summary>Its request is whole; from now on it is waited for. False when it had to give way.</summary>
    public bool HasAsked(LinkedListNode<Socket> client)
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

    /// <summary>Takes nobody in any more, closes those that have not asked, and ends when the others have their answer.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closing = true;
            while (GiveWay())
            {
            }

            if (_count == 0) _empty.TrySetResult();
            return _empty.Task;
        }
    }

    // It still counts until its own task has left, which is a moment later.
    private bool GiveWay()
    {
        if (_silent.First is not { } oldest) return false;
        _silent.Remove(oldest);
        oldest.Value.Dispose();
        return true;
    }
}
