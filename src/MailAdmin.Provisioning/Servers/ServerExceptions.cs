namespace MailAdmin.Provisioning.Servers;

/// <summary>The server answered no, or what it offers is not enough: asking again at once is no use, a person has to look.</summary>
public abstract class ServerRefusedException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>The connection can't be used any more, although the server answered.</summary>
    internal bool EndsConnection { get; init; }
}

/// <summary>
/// The server can't be asked: no connection, no answer in time, a cut or garbled connection, or the panel's own sign-in refused. What was
/// asked may have been done or not; asking again does no harm.
/// </summary>
public abstract class ServerUnavailableException(string message, Exception? inner) : Exception(message, inner);
