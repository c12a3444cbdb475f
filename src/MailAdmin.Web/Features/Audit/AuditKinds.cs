using MailAdmin.Web.Features.MailboxCopies;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Features.Vacations;

namespace MailAdmin.Web.Features.Audit;

/// <param name="IsOfDomains">The events belong to domains, whose admins see them.</param>
public sealed record AuditKindGroup(string Title, bool IsOfDomains, IReadOnlyList<(string Kind, string Text)> Kinds);

/// <summary>The texts of the event kinds.</summary>
public static class AuditKinds
{
    /// <summary>In the reader's language. A test ensures that every kind that a service records is here.</summary>
    public static IReadOnlyList<AuditKindGroup> Groups =>
    [
        new(SharedTexts.Accounts, true,
        [
            ("account.created", AuditTexts.AccountCreated),
            ("account.adopted", AuditTexts.AccountAdopted),
            ("account.mailbox-ready", AuditTexts.AccountMailboxReady),
            ("account.mailbox-missing", AuditTexts.AccountMailboxMissing),
            ("account.mailbox-taken-over", AuditTexts.AccountMailboxTakenOver),
            ("account.username-changed", AuditTexts.AccountUsernameChanged),
            ("account.password-changed", AuditTexts.AccountPasswordChanged),
            ("password-link.created", AuditTexts.PasswordLinkCreated),
            ("password-link.shown", AuditTexts.PasswordLinkShown),
            ("password-link.withdrawn", AuditTexts.PasswordLinkWithdrawn),
            ("account.person-name-changed", AuditTexts.AccountPersonNameChanged),
            ("import.started", AuditTexts.ImportStarted),
            ("import.finished", AuditTexts.ImportFinished),
            ("import.passwords-shown", AuditTexts.ImportPasswordsShown),
            ("import.links-made", AuditTexts.ImportLinksMade),
            ("account.quota-changed", AuditTexts.AccountQuotaChanged),
            ("account.services-changed", AuditTexts.AccountServicesChanged),
            ("account.sending-limits-changed", AuditTexts.AccountSendingLimitsChanged),
            ("account.sending-limit-reached", AuditTexts.AccountSendingLimitReached),
            ("account.sending-limit-lifted", AuditTexts.AccountSendingLimitLifted),
            ("account.suspended", AuditTexts.AccountSuspended),
            ("account.resumed", AuditTexts.AccountResumed),
            ("account.address-added", AuditTexts.AccountAddressAdded),
            ("account.address-removed", AuditTexts.AccountAddressRemoved),
            ("account.address-given-away", AuditTexts.AccountAddressGivenAway),
            ("account.address-made-official", AuditTexts.AccountAddressMadeOfficial),
            ("account.full", AuditTexts.AccountFull),
            ("account.has-room", AuditTexts.AccountHasRoom),
            ("account.rights-taken", AuditTexts.AccountRightsTaken),
            ("script.set-aside", AuditTexts.ScriptSetAside),
            ("account.deleted", AuditTexts.AccountDeleted),
            ("account.restored", AuditTexts.AccountRestored),
            ("account.purged", AuditTexts.AccountPurged),
        ]),
        new(SharedTexts.Redirect, true,
        [
            ("redirect.set", AuditTexts.RedirectSet),
            ("redirect.removed", AuditTexts.RedirectRemoved),
            ("redirect.destination-adopted", AuditTexts.RedirectDestinationAdopted),
        ]),
        new(VacationTexts.Heading, true,
        [
            ("vacation.saved", AuditTexts.VacationSaved),
            ("vacation.activated", AuditTexts.VacationActivated),
            ("vacation.ended", AuditTexts.VacationEnded),
        ]),
        new(MailboxCopyTexts.DomainTitle, true,
        [
            ("copy.started", AuditTexts.CopyStarted),
            ("copy.paused", AuditTexts.CopyPaused),
            ("copy.resumed", AuditTexts.CopyResumed),
            ("copy.cancelled", AuditTexts.CopyCancelled),
        ]),
        new(SharedTexts.Aliases, true,
        [
            ("alias.created", AuditTexts.AliasCreated),
            ("alias.destinations-added", AuditTexts.AliasDestinationsAdded),
            ("alias.destinations-removed", AuditTexts.AliasDestinationsRemoved),
            ("alias.destination-adopted", AuditTexts.AliasDestinationAdopted),
            ("alias.deleted", AuditTexts.AliasDeleted),
        ]),
        new(SharedTexts.CatchAll, true, [("catch-all.set", AuditTexts.CatchAllSet), ("catch-all.removed", AuditTexts.CatchAllRemoved)]),
        new(SharedTexts.Domains, true,
        [
            ("domain.created", AuditTexts.DomainCreated),
            ("domain.edited", AuditTexts.DomainEdited),
            ("domain.sending-limits-changed", AuditTexts.DomainSendingLimitsChanged),
            ("domain.routing-changed", AuditTexts.DomainRoutingChanged),
            ("domain.routing-completed", AuditTexts.DomainRoutingCompleted),
            ("domain.name-added", AuditTexts.DomainNameAdded),
            ("domain.name-removed", AuditTexts.DomainNameRemoved),
            ("domain.renamed", AuditTexts.DomainRenamed),
            ("domain.deletion-begun", AuditTexts.DomainDeletionBegun),
            ("domain.deleted", AuditTexts.DomainDeleted),
        ]),
        new(SharedTexts.Admins, false,
        [
            ("admin.created", AuditTexts.AdminCreated),
            ("admin.changed", AuditTexts.AdminChanged),
            ("admin.settings-changed", AuditTexts.AdminSettingsChanged),
            ("admin.password-changed", AuditTexts.AdminPasswordChanged),
            ("admin.app-set-up", AuditTexts.AdminAppSetUp),
            ("admin.app-removed", AuditTexts.AdminAppRemoved),
            ("admin.passkey-added", AuditTexts.AdminPasskeyAdded),
            ("admin.passkey-removed", AuditTexts.AdminPasskeyRemoved),
            ("admin.recovery-codes-renewed", AuditTexts.AdminRecoveryCodesRenewed),
            ("admin.recovery-code-used", AuditTexts.AdminRecoveryCodeUsed),
            ("admin.second-factors-reset", AuditTexts.AdminSecondFactorsReset),
            ("admin.networks-confirmed", AuditTexts.AdminNetworksConfirmed),
            ("admin.sessions-ended", AuditTexts.AdminSessionsEnded),
            ("admin.sign-in-refused", AuditTexts.AdminSignInRefused),
            ("admin.token-created", AuditTexts.AdminTokenCreated),
            ("admin.token-revoked", AuditTexts.AdminTokenRevoked),
            ("admin.deleted", AuditTexts.AdminDeleted),
        ]),
        new(SharedTexts.Hoster, false,
        [
            ("hoster.changed", AuditTexts.HosterChanged),
            ("hoster.second-factor-required", AuditTexts.HosterSecondFactorRequired),
            ("hoster.role-address-changed", AuditTexts.HosterRoleAddressChanged),
            ("hoster.sending-limits-changed", AuditTexts.HosterSendingLimitsChanged),
            ("hoster.logo-changed", AuditTexts.HosterLogoChanged),
            ("store.set", AuditTexts.StoreSet),
            ("database.restored", AuditTexts.DatabaseRestored),
            ("host.forgotten", AuditTexts.HostForgotten),
            ("job.retried", AuditTexts.JobRetried),
            ("jobs.retried", AuditTexts.JobsRetried),
            ("drift.repaired", AuditTexts.DriftRepaired),
            ("drift.orphan-removed", AuditTexts.DriftOrphanRemoved),
        ]),
    ];

    /// <returns>The kind itself if it has no text.</returns>
    public static string TextOf(string kind) => Groups.SelectMany(g => g.Kinds).FirstOrDefault(k => k.Kind == kind).Text ?? kind;
}
