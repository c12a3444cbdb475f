namespace MailAdmin.Sandbox;

/// <summary>The names of the sandbox's servers. The top-level domain test is reserved (RFC 6761).</summary>
internal static class MailNames
{
    public const string Hostname = "mx.sandbox.test";
    public const string Origin = "sandbox.test";
    /// <summary>The recipient of mail for the host itself.</summary>
    public const string Postmaster = "hoster@example.org";

    public const string Store = "store.sandbox.test";
}
