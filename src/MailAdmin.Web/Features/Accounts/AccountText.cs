using System.Numerics;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Texts about an account.</summary>
public static class AccountText
{
    private static readonly TimeSpan TriedShown = TimeSpan.FromDays(14);

    /// <summary>The account's official address; its username if it has no address left.</summary>
    public static string AddressOf(AccountRow account, MailDomain domain) =>
        account.Addresses is [var first, ..] ? $"{first}@{domain.Name.Display}" : account.Username.Value;

    public static string AddressOf(Account account, MailDomain domain) =>
        account.Addresses.OrderByDescending(a => a.IsPrimary)
            .FirstOrDefault() is { } official ? $"{official.LocalPart}@{domain.Name.Display}" : account.Username.Value;

    public static string ServiceOf(MailProtocols service) => service switch
    {
        MailProtocols.Imap => "IMAP",
        MailProtocols.Pop3 => "POP3",
        MailProtocols.Sieve => AccountTexts.ServiceFilters,
        MailProtocols.Smtp => AccountTexts.ServiceSending,
        MailProtocols.Receiving => AccountTexts.ServiceReceiving,
        _ => "",
    };

    public static string ServicesOf(MailProtocols services) =>
        services == MailProtocols.None ? AccountTexts.ServicesNone : string.Join(", ", Each(services).Select(ServiceOf));

    /// <summary>The remark below the address in the list: everything that is special about this account.</summary>
    public static string RemarkOf(AccountRow account, MailDomain domain, DateOnly today)
    {
        var off = MailProtocols.All & ~account.Services;
        string?[] remarks =
        [
            account.Addresses.Count > 1 ? string.Join(", ", account.Addresses.Skip(1).Select(a => a + "@")) : null,
            RedirectOf(account),
            AbsenceOf(account, today),
            domain.CatchAllAccountId == account.Id ? AccountTexts.RemarkCatchAll : null,
            off == MailProtocols.None ? null : AccountTexts.FormatServicesOff(ServicesOf(off)),
        ];
        return string.Join(" · ", remarks.OfType<string>());
    }

    /// <summary>Null if the account is not redirected.</summary>
    public static string? RedirectOf(AccountRow account) => account.KeepsCopy switch
    {
        null => null,
        true => AccountTexts.RemarkRedirectedCopy,
        false => AccountTexts.RemarkRedirected,
    };

    /// <summary>Null if no vacation answers today.</summary>
    public static string? AbsenceOf(AccountRow account, DateOnly today) => account.Absence switch
    {
        null => null,
        { IsSwitchedOff: true } => null,
        { } absence when !absence.Includes(today) => null,
        { Until: { } until } => AccountTexts.FormatRemarkAbsentUntil(Dates.Say(until, "M")),
        _ => AccountTexts.RemarkAbsent,
    };

    /// <summary>
    /// The latest attempt to sign in with an address, if it is worth showing: it is at most two weeks old, and no sign-in to a reading
    /// service followed.
    /// </summary>
    public static TriedAddress? TriedOf(AccountRow account, TimeProvider clock)
    {
        if (account.Tried is not { } tried || clock.GetUtcNow() - tried.At > TriedShown) return null;
        return account.LastLoginService != MailProtocols.Smtp && account.LastLoginAt > tried.At
            ? null : tried with { Address = AddrSpec.Parse(tried.Address).Display };
    }

    private static IEnumerable<MailProtocols> Each(MailProtocols services) =>
        Enum.GetValues<MailProtocols>().Where(s => BitOperations.IsPow2((int)s) && services.HasFlag(s));
}
