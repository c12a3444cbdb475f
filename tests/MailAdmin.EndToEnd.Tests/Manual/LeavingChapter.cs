using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Shared;
using MailKit.Security;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>Services are cut, an account is suspended, deleted and brought back (manual, 3.4).</summary>
[Chapter(6)]
[Trait("Lane", "browser")]
public sealed class LeavingChapter(Readers readers) : Chapter(readers)
{
    private const string Lea = "/domains/exemple.be/accounts/exemple0003";

    [Theory, Figure("services")]
    public Task Nobody_signs_in_to_a_service_that_is_cut(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync(Lea + "/password");
        await panel.FillAsync(SharedTexts.Password, Reader.Password);
        await panel.FillAsync(SharedTexts.Confirmation, Reader.Password);
        await panel.PressAsync(SharedTexts.Send);
        await panel.FollowAsync(AccountTexts.EditServices);
        await panel.UntickAsync("POP3");
        await reader.PictureAsync();
        await panel.PressAsync(SharedTexts.Send);
        await panel.SeesAsync(AccountTexts.FormatServicesChanged("lea.martin@exemple.be"));
        await Assert.ThrowsAsync<AuthenticationException>(() => reader.Owner("exemple0003").SubjectsByPop3Async());
        await reader.Owner("exemple0003").SubjectsAsync();
    });

    [Theory, Figure("suspend")]
    public Task A_suspended_account_keeps_its_mail_and_loses_none(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.ReceivesAsync("lea.martin@exemple.be", "exemple0003");
        await reader.OpenAsync(Lea);
        await panel.FollowAsync(AccountTexts.Suspend);
        await panel.TickAsync(AccountTexts.MailHeld);
        await reader.PictureAsync();
        await panel.PressAsync(AccountTexts.Suspend);
        await panel.SeesAsync(AccountTexts.FormatSuspendedNotice("lea.martin@exemple.be"));
        await Assert.ThrowsAsync<AuthenticationException>(() => reader.Owner("exemple0003").SubjectsAsync());
        await reader.HearsAsync("lea.martin@exemple.be", "450");
        await reader.OpenAsync(Lea + "/state");
        await panel.PressAsync(AccountTexts.Resume);
        await panel.SeesAsync(AccountTexts.FormatResumedNotice("lea.martin@exemple.be"));
        await reader.HearsAsync("lea.martin@exemple.be", "250");
        Assert.NotEmpty(await reader.Owner("exemple0003").SubjectsAsync());
    });

    [Theory, Figure("delete")]
    public Task Before_an_account_is_deleted_the_page_says_what_goes(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await reader.OpenAsync(Lea);
        await panel.FollowAsync(AccountTexts.Delete);
        await panel.SeesAsync(AccountTexts.DeleteMeans);
        await reader.PictureAsync();
        await panel.PressAsync(AccountTexts.Delete);
        await panel.SeesAsync(AccountTexts.FormatTitle("exemple.be"));
        await reader.HearsAsync("lea.martin@exemple.be", "550");
        await Assert.ThrowsAsync<AuthenticationException>(() => reader.Owner("exemple0003").SubjectsAsync());
    });

    [Theory, Figure("deleted")]
    public Task A_deleted_account_is_brought_back_with_its_mail(string language) => TellAsync(language, async reader =>
    {
        var panel = reader.Panel;
        await panel.FollowAsync(AccountTexts.Deleted);
        await panel.SeesAsync("exemple0003");
        await reader.PictureAsync();
        await panel.PressAsync(AccountTexts.FormatRestoreOf("exemple0003"));
        await panel.SeesAsync(AccountTexts.FormatRestored("lea.martin@exemple.be"));
        await Eventually.HoldsAsync(async () => Assert.NotEmpty(await reader.Owner("exemple0003").SubjectsAsync()));
        await reader.ReceivesAsync("lea.martin@exemple.be", "exemple0003");
    });
}
