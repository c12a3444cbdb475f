using System.Diagnostics.CodeAnalysis;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Addresses;

/// <summary>
/// Parses user input where an address of the current domain is expected: <c>gugus.dupont</c> or <c>gugus.dupont@exemple.be</c> (manual,
/// fig. 3 and 4).
/// </summary>
public static class LocalAddressParser
{
    public static bool TryParse(
        string? text, DomainName domain, [NotNullWhen(true)] out LocalPart? part, [NotNullWhen(false)] out Problem? problem)
    {
        part = null;
        var trimmed = TypedAddress.Clean(text);
        var at = trimmed.LastIndexOf('@');
        if (at < 0) return LocalPart.TryParse(trimmed, out part, out problem);
        var isOwn = DomainName.TryParse(trimmed[(at + 1)..], out var typed) && typed == domain;
        if (!isOwn) problem = AddressProblems.OtherDomain(domain.Display);
        else if (at == 0) problem = AddressProblems.CatchAll;
        else return LocalPart.TryParse(trimmed[..at], out part, out problem);
        return false;
    }
}
