using MailAdmin.Core.Accounts;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Features.PasswordLinks;

/// <summary>Makes a password link from the form on the client settings page.</summary>
public sealed class PasswordLinkMaker(PasswordLinkService service, ProtectedPassword tickets, PanelSettings settings, CurrentAdmin current)
{
    /// <summary>The whole link. Its key is in the fragment (#), which browsers never send to a server, so no log contains it.</summary>
    public async Task<Result<Uri>> MakeAsync(AccountRow account, PasswordLinkForm form)
    {
        // The Host header can be forged: a link to another host would hand the password over to it.
        if (settings.PublicUrl is not { } panel) return PasswordLinkProblems.AddressUnknown;
        if (tickets.Open(form.Ticket, account.Username) is not { } password) return PasswordLinkProblems.PasswordChanged;
        var language = PanelLanguages.Find(form.Language)?.Name ?? PanelLanguages.All[0].Name;
        var made = await service.CreateAsync(new(account.Id, password, form.Hours ?? 0, language), current.Actor);
        if (!made.Succeeded) return made.Problems.ToList();
        return new Uri(panel, $"{Routes.ShownPasswords}/{made.Value.Id}#{made.Value.Key}");
    }
}
