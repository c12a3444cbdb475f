using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Accounts;

/// <summary>The session of a program that manages filters.</summary>
internal sealed class SieveSession(LineSession line) : IDisposable
{
    public static async Task<SieveSession> StartAsync(MailSandbox sandbox, string username, string password)
    {
        var session = new SieveSession(await LineSession.OpenAsync(sandbox.Ports.Sieve));
        await session.EndOfAnswerAsync(session._line.Greeting);
        var secret = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0{username}\0{password}"));
        Assert.Equal("OK", await session.SendAsync($"AUTHENTICATE \"PLAIN\" \"{secret}\""));
        return session;
    }

    private readonly LineSession _line = line;

    public Task<string> PutAsync(string name) => SendAsync($"PUTSCRIPT \"{name}\" {{5+}}\r\nkeep;");

    public void Dispose() => _line.Dispose();

    private async Task<string> SendAsync(string command) => await EndOfAnswerAsync(await _line.SendAsync(command));

    private async Task<string> EndOfAnswerAsync(string answer)
    {
        while (answer.Split(' ')[0] is var word && word is not ("OK" or "NO" or "BYE")) answer = await _line.ReadAsync();
        return answer.Split(' ')[0];
    }
}
