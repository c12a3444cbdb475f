namespace MailAdmin.Core.Data;

/// <summary>A row that people edit. Its version rises with each edit, so that the second of two simultaneous edits is noticed.</summary>
public interface IVersioned
{
    long Version { get; set; }
}

/// <summary>
/// A column that is recorded from what a server did or said, not edited by people: changing it does not raise
/// <see cref="IVersioned.Version"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ServerStateAttribute : Attribute;
