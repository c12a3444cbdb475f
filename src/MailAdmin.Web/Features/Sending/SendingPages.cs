using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;
using MailAdmin.Web.Features.Accounts;

namespace MailAdmin.Web.Features.Sending;

/// <summary>The model of <c>_Limits</c>: the fields of the limits.</summary>
/// <param name="MayEdit">If false, they are only shown.</param>
public sealed record LimitFields(SendingSettings Settings, SendingForm Form, bool MayEdit);

/// <summary>The limits of all accounts without other limits.</summary>
public sealed record SendingDefaultPage(LimitFields Fields);

public sealed record DomainSendingPage(MailDomain Domain, LimitFields Fields);

public sealed record AccountSendingPage(MailDomain Domain, AccountRow Account, AccountSending Sending, LimitFields Fields)
    : AccountPage(Domain, Account);
