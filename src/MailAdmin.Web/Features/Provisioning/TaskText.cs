using MailAdmin.Core.Outbox;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Provisioning;

/// <summary>Texts about a task.</summary>
internal static class TaskText
{
    public static string KindOf(OutboxKind kind) => kind switch
    {
        OutboxKind.Mailbox => ProvisioningTexts.KindMailbox,
        OutboxKind.Script => ProvisioningTexts.KindScript,
        OutboxKind.Removal => ProvisioningTexts.KindRemoval,
        OutboxKind.SignOut => ProvisioningTexts.KindSignOut,
        OutboxKind.DomainRemoval => ProvisioningTexts.KindDomainRemoval,
        OutboxKind.DomainNames => ProvisioningTexts.KindDomainNames,
        OutboxKind.ScriptAside => ProvisioningTexts.KindScriptAside,
        OutboxKind.ForeignRights => ProvisioningTexts.KindForeignRights,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string PhaseOf(TaskPhase phase) => phase switch
    {
        TaskPhase.Failed => SharedTexts.Failed,
        TaskPhase.Running => ProvisioningTexts.Running,
        _ => ProvisioningTexts.Waiting,
    };

    public static string StyleOf(TaskPhase phase) => phase == TaskPhase.Failed ? "bad" : "wait";

    /// <summary>The page of the task's account or domain, or null if it has none.</summary>
    public static string? PathOf(TaskRow task) => task switch
    {
        { IsHidden: true } or { Domain: null } => null,
        { Kind: OutboxKind.DomainRemoval or OutboxKind.DomainNames, Domain: { } domain } => Routes.Of(domain).Show,
        { Domain: { } domain } => Routes.Of(domain).Account(task.Subject!).Show,
    };
}
