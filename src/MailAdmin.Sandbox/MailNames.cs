namespace MailAdmin.Sandbox;

/// <summary>The names that the sandbox's servers go by. The top-level domain test belongs to nobody (RFC 6761).</summary>
internal static class MailNames
{
    public const string Hostname = "mx.sandbox.test";
    public const string Origin = "sandbox.test";
    /// <summary>Who reads what is for the host itself.</summary>
    public const string Postmaster = "hoster@example.org";

    public const string Store = "store.sandbox.test";
}
