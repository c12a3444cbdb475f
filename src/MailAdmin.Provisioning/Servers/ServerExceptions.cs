namespace MailAdmin.Provisioning.Servers;

/// <summary>The server refused, or lacks something that is needed: an immediate retry is useless, a person has to act.</summary>
public abstract class ServerRefusedException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>Whether the connection can't be used any more, although the server answered.</summary>
    internal bool EndsConnection { get; init; }
}

/// <summary>
/// The server can't be asked: no connection, no answer in time, a broken or garbled connection, or a refused sign-in of the panel itself.
/// The request may have been carried out or not; repeating it does no harm.
/// </summary>
public abstract class ServerUnavailableException(string message, Exception? inner) : Exception(message, inner);
