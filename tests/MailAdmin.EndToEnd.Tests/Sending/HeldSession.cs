using System.Text;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Sending;

/// <summary>A mail program, or a thief, that has signed in on port 465 or 587 and keeps the connection.</summary>
internal sealed class HeldSession(LineSession line) : IDisposable
{
    /// <exception cref="InvalidOperationException">The sign-in was refused; the message is the server's answer.</exception>
    public static async Task<HeldSession> SignInAsync(MailSandbox sandbox, string login, string password, bool startTls = false)
    {
        var line = await LineSession.OpenAsync(startTls ? sandbox.Ports.Submission : sandbox.Ports.Smtps, tls: !startTls);
        await line.SendAsync("EHLO client.example.net");
        if (startTls)
        {
            await line.StartTlsAsync();
            await line.SendAsync("EHLO client.example.net");
        }
        var answer = await line.SendAsync("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{login}\0{password}")));
        if (answer.StartsWith("235", StringComparison.Ordinal)) return new(line);
        line.Dispose();
        throw new InvalidOperationException(answer);
    }

    /// <summary>Sends a whole message.</summary>
    /// <param name="recipients">The number of recipients.</param>
    /// <returns>The first answer that is not positive, or the last one.</returns>
    public Task<string> SendAsync(string sender, string subject = "bonjour", int recipients = 1) =>
        SendAsync(sender, [$"From: {(sender.Length > 0 ? sender : "gugus.dupont@exemple.be")}", $"Subject: {subject}"], recipients);

    /// <summary>Sends a whole message with these headers.</summary>
    public async Task<string> SendAsync(string sender, IEnumerable<string> headers, int recipients = 1)
    {
        var answer = await line.SendAsync($"MAIL FROM:<{sender}>");
        for (var n = 1; n <= recipients && answer[0] == '2'; n++) answer = await line.SendAsync($"RCPT TO:<friend{n}@example.org>");
        if (answer[0] == '2') answer = await line.SendAsync("DATA");
        if (answer[0] == '3') return await line.SendAsync(string.Join("\r\n", headers) + "\r\n\r\nBonjour\r\n.");
        if (!answer.StartsWith("421", StringComparison.Ordinal)) await line.SendAsync("RSET");
        return answer;
    }

    /// <summary>Checks that the server has closed the connection.</summary>
    public Task EndsAsync() => Assert.ThrowsAnyAsync<IOException>(() => line.SendAsync("NOOP"));

    public void Dispose() => line.Dispose();
}
