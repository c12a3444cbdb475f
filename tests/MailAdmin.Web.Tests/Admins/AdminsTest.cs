using MailAdmin.Core.Admins;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Admins;

/// <summary>A panel, and the fields of a new admin.</summary>
public abstract class AdminsTest : IAsyncDisposable
{
    private protected readonly PanelApplication _panel = new();

    public ValueTask DisposeAsync()
    {
        _panel.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected static (string, string)[] Fields(
        string name, string rights, string domains, string password = PanelApplication.Password) =>
        [("Name", name), ("Password", password), ("Confirmation", password), ("Rights", rights), ("Domains", domains)];

    private protected async Task<long> IdAsync(string name) => (await _panel.Get<SessionRepository>().FindAdminAsync(name))!.Id;
}
