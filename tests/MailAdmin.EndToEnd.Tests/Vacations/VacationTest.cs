using Microsoft.EntityFrameworkCore;
using MimeKit;
using static MailAdmin.EndToEnd.Tests.Vacations.VacationHost;

namespace MailAdmin.EndToEnd.Tests.Vacations;

/// <summary>Sends mail to users who are away, and waits for the answers.</summary>
public abstract class VacationTest(VacationHost host)
{
    private protected VacationHost Host => host;

    private protected async Task<AwayUser> AnotherAwayAsync()
    {
        var user = await host.AddUserAsync($"temoin{Guid.NewGuid():N}"[..12]);
        await user.SaveAsync(user.Typed);
        return user;
    }

    private protected async Task<MimeMessage> AnsweredAsync(string sender)
    {
        await Eventually.HoldsAsync(() => Assert.NotEmpty(host.AnswersTo(sender)));
        return host.AnswersTo(sender)[0];
    }

    /// <summary>Mail of another sender is answered in the meantime, and this sender has no more answers than expected.</summary>
    private protected async Task NotAnsweredBeforeAsync(AwayUser user, string sender, int count)
    {
        var last = NewSender();
        await host.SendAsync(last, user.Address, "dernier");
        await AnsweredAsync(last);
        Assert.Equal(count, host.AnswersTo(sender).Count);
    }

    private protected static Task DeliveredAsync(AwayUser user, params string[] subjects) => Eventually.HoldsAsync(async () =>
    {
        var present = await user.Mail.SubjectsAsync();
        Assert.All(subjects, s => Assert.Contains(s, present));
    });
}
