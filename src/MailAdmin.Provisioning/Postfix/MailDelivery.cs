namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Whether mail gets where the pages say, as it was when <see cref="MailDeliveryHostedService"/> looked last: every page reads it, and none
/// asks a server for it.
/// </summary>
public sealed class MailDelivery
{
    private volatile LateMaps? _maps;
    private volatile StoreFault? _store;
    private volatile WaitingMessages _waiting = WaitingMessages.None;

    /// <summary>The mail host that has not received what was changed; null when each has.</summary>
    public LateMaps? Maps
    {
        get => _maps;
        internal set => _maps = value;
    }

    /// <summary>What is changed now reaches Postfix later.</summary>
    public bool AreMapsLate => Maps is not null;

    /// <summary>Why mail for mailboxes waits; null when it does not.</summary>
    public StoreFault? Store
    {
        get => _store;
        internal set => _store = value;
    }

    /// <summary>What waits in this host's queue for mailboxes; nothing where Postfix is on other hosts alone.</summary>
    public WaitingMessages Waiting
    {
        get => _waiting;
        internal set => _waiting = value;
    }
}

/// <param name="Since">When this panel noticed it.</param>
/// <param name="Words">postmap's own; null when nobody tries.</param>
public sealed record LateMaps(string Host, DateTimeOffset Since, string? Words);

/// <param name="Since">When this panel noticed it, or when the oldest message came that waits.</param>
/// <param name="Words">The server's.</param>
public sealed record StoreFault(DateTimeOffset Since, string Words);
