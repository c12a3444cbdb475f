namespace MailAdmin.Core.Data;

/// <summary>A row that people edit. The version rises with each edit, so that the second of two simultaneous edits is noticed.</summary>
public interface IVersioned
{
    long Version { get; set; }
}
