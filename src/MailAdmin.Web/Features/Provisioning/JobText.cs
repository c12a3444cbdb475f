using MailAdmin.Core.Outbox;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Provisioning;

/// <summary>Texts about a job.</summary>
internal static class JobText
{
    public static string KindOf(JobKind kind) => kind switch
    {
        JobKind.Mailbox => ProvisioningTexts.KindMailbox,
        JobKind.Script => ProvisioningTexts.KindScript,
        JobKind.Removal => ProvisioningTexts.KindRemoval,
        JobKind.SignOut => ProvisioningTexts.KindSignOut,
        JobKind.DomainRemoval => ProvisioningTexts.KindDomainRemoval,
        JobKind.DomainNames => ProvisioningTexts.KindDomainNames,
        JobKind.Import => ProvisioningTexts.KindImport,
        JobKind.ScriptAside => ProvisioningTexts.KindScriptAside,
        JobKind.ForeignRights => ProvisioningTexts.KindForeignRights,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string PhaseOf(JobPhase phase) => phase switch
    {
        JobPhase.Failed => SharedTexts.Failed,
        JobPhase.Running => ProvisioningTexts.Running,
        _ => ProvisioningTexts.Waiting,
    };

    public static string StyleOf(JobPhase phase) => phase == JobPhase.Failed ? "bad" : "wait";

    /// <summary>The page of the job's account or domain, or null if it has none.</summary>
    public static string? PathOf(JobRow job) => job switch
    {
        { IsHidden: true } or { Domain: null } => null,
        { Kind: JobKind.DomainRemoval or JobKind.DomainNames, Domain: { } domain } => Routes.Of(domain).Show,
        { Domain: { } domain } => Routes.Of(domain).Account(job.Subject!).Show,
    };
}
