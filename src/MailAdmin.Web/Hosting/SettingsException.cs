namespace MailAdmin.Web.Hosting;

/// <summary>
/// The settings are invalid. The message names the file and lists each key, one a line, with its fault and what is allowed.
/// </summary>
public sealed class SettingsException(string? file, IReadOnlyList<string> faults)
    : Exception(string.Join('\n', faults.Select(fault => $"{file ?? "Settings"}: {fault}{(fault.EndsWith('?') ? "" : ".")}")));
