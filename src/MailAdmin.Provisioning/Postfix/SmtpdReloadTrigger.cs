namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Makes smtpd forget what it has cached about domains: it keeps the class of an address's domain for the lifetime of its process, and
/// answers 550 for valid users after a switch. A changed file time of one of its tables makes it restart before its next connection; that
/// needs no root.
/// </summary>
internal sealed class SmtpdReloadTrigger(MapOptions options, TimeProvider clock)
{
    public void Touch()
    {
        if (options.ReloadTrigger is not { } file || !File.Exists(file)) return;
        // smtpd compares whole seconds.
        var after = File.GetLastWriteTimeUtc(file).AddSeconds(1);
        var now = clock.GetUtcNow().UtcDateTime;
        File.SetLastWriteTimeUtc(file, now > after ? now : after);
    }
}
