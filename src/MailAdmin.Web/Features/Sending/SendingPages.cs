using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;
using MailAdmin.Web.Features.Accounts;

namespace MailAdmin.Web.Features.Sending;

/// <summary>The fields of the limits, for <c>_Limits</c>.</summary>
/// <param name="MayEdit">Otherwise they are shown.</param>
public sealed record LimitFields(SendingSettings Settings, SendingForm Form, bool MayEdit);

/// <summary>The limits of all who have no others.</summary>
public sealed record SendingDefaultPage(LimitFields Fields);

public sealed record DomainSendingPage(MailDomain Domain, LimitFields Fields);

public sealed record AccountSendingPage(MailDomain Domain, AccountRow Account, AccountSending Sending, LimitFields Fields)
    : AccountPage(Domain, Account);
