namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Whether mail is delivered as the pages say, as of the last check by <see cref="MailDeliveryHostedService"/>: every page reads it, and
/// none queries a server for it.
/// </summary>
public sealed class MailDelivery
{
    private volatile LateMaps? _maps;
    private volatile StoreFault? _store;
    private volatile WaitingMessages _waiting = WaitingMessages.None;

    /// <summary>The mail host that has not received the latest changes; null if all have.</summary>
    public LateMaps? Maps
    {
        get => _maps;
        internal set => _maps = value;
    }

    /// <summary>Whether changes reach Postfix late.</summary>
    public bool AreMapsLate => Maps is not null;

    /// <summary>Why mail for mailboxes waits; null if it does not.</summary>
    public StoreFault? Store
    {
        get => _store;
        internal set => _store = value;
    }

    /// <summary>The messages that wait for mailboxes in this host's queue; none if Postfix is on other hosts only.</summary>
    public WaitingMessages Waiting
    {
        get => _waiting;
        internal set => _waiting = value;
    }
}

/// <param name="Since">When this panel noticed it.</param>
/// <param name="ServerMessage">postmap's own words; null if no follower reports a failure.</param>
public sealed record LateMaps(string Host, DateTimeOffset Since, string? ServerMessage);

/// <param name="Since">When this panel noticed it, or when the oldest waiting message arrived.</param>
/// <param name="ServerMessage">The server's words.</param>
public sealed record StoreFault(DateTimeOffset Since, string ServerMessage);
