namespace MailAdmin.EndToEnd.Tests.Pages;

/// <summary>Every page in the other languages. It has a panel of its own, so that it runs beside <see cref="PagesTests"/>.</summary>
[Trait("Lane", "browser")]
public sealed class TranslatedPagesTests(PageWorld world) : IClassFixture<PageWorld>
{
    [Theory]
    [InlineData("en")]
    [InlineData("nl")]
    [InlineData("de")]
    public Task Axe_finds_nothing_on_any_page_by_day_and_by_night_and_no_page_is_wider_than_its_screen(string language) =>
        EveryPage.IsFaultlessAsync(world, language);
}
