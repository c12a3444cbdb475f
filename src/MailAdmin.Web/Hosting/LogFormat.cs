namespace MailAdmin.Web.Hosting;

/// <summary>How the log is written to standard output.</summary>
public enum LogFormat
{
    /// <summary>A line for a person; an exception has more lines.</summary>
    Text,

    /// <summary>One JSON object a line, in the compact format of Serilog (https://clef-json.org).</summary>
    Json,
}
