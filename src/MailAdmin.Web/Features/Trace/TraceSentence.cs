using MailAdmin.Core.Routing;

namespace MailAdmin.Web.Features.Trace;

/// <param name="Linked">The text that links to a page, or empty.</param>
internal sealed record TraceSentence(string Before, string Linked, string After)
{
    /// <summary>The sentence for a kind of step, with placeholders for its subject and its detail.</summary>
    public static string Template(StepKind kind) => kind switch
    {
        StepKind.NotHosted => TraceTexts.StepNotHosted,
        StepKind.Store => TraceTexts.StepStore,
        StepKind.Domain => TraceTexts.StepDomain,
        StepKind.DomainAlias => TraceTexts.StepDomainAlias,
        StepKind.NameComing => TraceTexts.StepNameComing,
        StepKind.DomainSuspended => TraceTexts.StepDomainSuspended,
        StepKind.DomainRelayed => TraceTexts.StepDomainRelayed,
        StepKind.DomainSwitching => TraceTexts.StepDomainSwitching,
        StepKind.TagDropped => TraceTexts.StepTagDropped,
        StepKind.AccountAddress => TraceTexts.StepAccountAddress,
        StepKind.Alias => TraceTexts.StepAlias,
        StepKind.AliasEmpty => TraceTexts.StepAliasEmpty,
        StepKind.CatchAll => TraceTexts.StepCatchAll,
        StepKind.CatchAllIdle => TraceTexts.StepCatchAllIdle,
        StepKind.Unknown => TraceTexts.StepUnknown,
        StepKind.RoleAddress => TraceTexts.StepRoleAddress,
        StepKind.Guarded => TraceTexts.StepGuarded,
        StepKind.HostName => TraceTexts.StepHostName,
        StepKind.HostAddress => TraceTexts.StepHostAddress,
        StepKind.HostNobody => TraceTexts.StepHostNobody,
        StepKind.ReturnAddress => TraceTexts.StepReturnAddress,
        StepKind.ReturnUnasked => TraceTexts.StepReturnUnasked,
        StepKind.ReturnForged => TraceTexts.StepReturnForged,
        StepKind.ReturnAway => TraceTexts.StepReturnAway,
        StepKind.Routed => TraceTexts.StepRouted,
        StepKind.Circle => TraceTexts.StepCircle,
        StepKind.Redirect => TraceTexts.StepRedirect,
        StepKind.RedirectIdle => TraceTexts.StepRedirectIdle,
        StepKind.CopyKept => TraceTexts.StepCopyKept,
        StepKind.Mailbox => TraceTexts.StepMailbox,
        StepKind.External => TraceTexts.StepExternal,
        StepKind.Relayed => TraceTexts.StepRelayed,
        StepKind.Unresolvable => TraceTexts.StepUnresolvable,
        StepKind.MetBefore => TraceTexts.StepMetBefore,
        StepKind.AccountSuspended => TraceTexts.StepAccountSuspended,
        StepKind.AccountHeld => TraceTexts.StepAccountHeld,
        StepKind.AccountDeleted => TraceTexts.StepAccountDeleted,
        StepKind.NotReceiving => TraceTexts.StepNotReceiving,
        StepKind.MailboxPending => TraceTexts.StepMailboxPending,
        StepKind.MailboxFull => TraceTexts.StepMailboxFull,
        StepKind.Loop => TraceTexts.StepLoop,
        StepKind.TooMany => TraceTexts.StepTooMany,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
