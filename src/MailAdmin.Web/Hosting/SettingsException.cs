namespace MailAdmin.Web.Hosting;

/// <summary>The settings are wrong. The message names the file and, one a line, each key with what is wrong and what is allowed.</summary>
public sealed class SettingsException(string? file, IReadOnlyList<string> faults)
    : Exception(string.Join('\n', faults.Select(fault => $"{file ?? "Settings"}: {fault}{(fault.EndsWith('?') ? "" : ".")}")));
