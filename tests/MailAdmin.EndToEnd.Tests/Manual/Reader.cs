using MailAdmin.EndToEnd.Tests.Routing;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Testing.Hosts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>
/// A reader of the manual in one language who does what it says, on separate servers, and the people who write to the reader.
/// </summary>
internal sealed class Reader : IAsyncDisposable
{
    public const string Superuser = "helene";
    public const string DomainAdmin = "jens-ingo";
    public const string Support = "sophie";
    public const string Password = "Zeven3Koeien!";

    // A message that is sent before the map has followed may still go to the old place. Then another message is sent.
    private static readonly TimeSpan Delivery = TimeSpan.FromSeconds(4);

    private const int Width = 1280;

    // The end of the content, with a little space below it.
    private const string Bottom = """
        () => Math.ceil(24 + Math.max(...[...document.querySelectorAll("main > *, .side > *, details[open] > .items")].map(e => e.getBoundingClientRect().bottom + scrollY)))
        """;

    private const string Replace = """
        ([real, shown]) => {
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (real && texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(real, shown);
          for (const field of document.querySelectorAll("main input")) if (real) field.value = field.value.replaceAll(real, shown);
        }
        """;

    private readonly string _language;
    private readonly TemporaryFolder _folder;
    private string? _figure;
    private int _messages;

    private Reader(string language, TemporaryFolder folder, MailSandbox sandbox, PanelBrowser panel) =>
        (_language, _folder, Sandbox, Panel) = (language, folder, sandbox, panel);

    public MailSandbox Sandbox { get; }

    public PanelBrowser Panel { get; }

    /// <summary>The server from which the domain moves here.</summary>
    public OldServer? OldServer { get; private set; }

    /// <summary>The key that the authenticator app on the reader's telephone has read.</summary>
    public string AppKey { get; set; } = "";

    /// <summary>The figure that failed. The figures after it depend on it.</summary>
    public string? StuckAt { get; set; }

    public static async Task<Reader> StartAsync(string language)
    {
        var folder = new TemporaryFolder();
        var sandbox = await MailSandbox.StartAsync(new SandboxOptions { Folder = folder.Path, Empty = true });
        var panel = await PanelBrowser.OpenAsync(language);
        await panel.Page.SetViewportSizeAsync(Width, 720);
        return new(language, folder, sandbox, panel);
    }

    public string Says(string french, string english) => _language == "fr" ? french : english;

    public OldServer StartOldServer(params string[] known) => OldServer = new OldServer(known).Start();

    public async Task DoAsync(string figure, Func<Task> story)
    {
        _figure = figure;
        await story();
        Assert.True(_figure is null, $"{figure} took no picture");
    }

    /// <summary>Takes the figure's picture: the page as it is now, down to the end of its content.</summary>
    public Task PictureAsync() => PictureAsync("", "");

    /// <summary>The same with one text replaced by another, because a text that is true only here must not be in the manual.</summary>
    public async Task PictureAsync(string real, string shown)
    {
        var figure = _figure ?? throw new InvalidOperationException("A figure has one picture.");
        _figure = null;
        if (!ManualFolder.IsWritten) return;
        await Panel.Page.EvaluateAsync(Replace, new[] { real, shown });
        await Panel.Page.Mouse.MoveAsync(0, 0);
        var height = await Panel.Page.EvaluateAsync<float>(Bottom);
        var picture = await Panel.Page.ScreenshotAsync(new() { FullPage = true, Clip = new() { Width = Width, Height = height } });
        await File.WriteAllBytesAsync(Path.Combine(ManualFolder.Of(_language), figure + ".png"), SmallPicture.Of(picture));
    }

    public Task OpenAsync(string path) => Panel.OpenAsync(new Uri(new Uri(Sandbox.PanelUrl), path));

    public async Task SignInAsync(string name)
    {
        await Panel.Page.Context.ClearCookiesAsync();
        await OpenAsync("/sign-in");
        await Panel.FillAsync(SessionTexts.Name, name);
        await Panel.FillAsync(SharedTexts.Password, Password);
        await Panel.PressAsync(SessionTexts.SignIn);
        await Panel.SeesAsync(SharedTexts.Domains);
    }

    public MailUser Owner(string username, string password = Password) => new(Sandbox, username, password);

    /// <summary>Checks that a new message to the address arrives in each of these mailboxes.</summary>
    public Task ReceivesAsync(string address, params string[] usernames) => Eventually.HoldsAsync(async () =>
    {
        var subject = await WriteAsync(address);
        await Eventually.HoldsAsync(async () =>
        {
            foreach (var username in usernames) Assert.Contains(subject, await Owner(username).SubjectsAsync());
        }, Delivery);
    });

    /// <summary>Checks that a new message to the address is passed on to another server.</summary>
    public Task PassesOnAsync(string address, string recipient) => Eventually.HoldsAsync(async () =>
    {
        var subject = await WriteAsync(address);
        await Eventually.HoldsAsync(
            () => Assert.Contains(Sandbox.Outside.Messages(), m => m.Message.Subject == subject && m.Recipients.Contains(recipient)),
            Delivery);
    });

    /// <summary>Checks the answer that a sender's server gets.</summary>
    public Task HearsAsync(string address, string answer) =>
        Eventually.HoldsAsync(async () => Assert.StartsWith(answer, await MailUser.RecipientAnswerAsync(Sandbox, address)));

    public async ValueTask DisposeAsync()
    {
        if (OldServer is not null) await OldServer.DisposeAsync();
        await Panel.DisposeAsync();
        await Sandbox.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> WriteAsync(string address)
    {
        var subject = $"Message {++_messages}";
        await MailUser.SendFromOutsideAsync(Sandbox, address, subject);
        return subject;
    }
}
