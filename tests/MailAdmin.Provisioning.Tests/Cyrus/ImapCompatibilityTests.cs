using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Tests.Cyrus;

[Trait("Lane", "unit")]
public sealed class ImapCompatibilityTests
{
    [Theory]
    [InlineData("A1 LIST \"\" user/exemple0001", "* LIST () \"/\" user/exemple0001\r\nA1 OK Completed\r\n")]
    [InlineData("A1 LIST \"\" \"user/gugus dupont/Sent\"", "* LIST () \"/\" \"user/gugus dupont/Sent\"\r\nA1 OK Completed\r\n")]
    [InlineData("A1 LIST \"\" \"a\\\"b\"", "* LIST () \"/\" \"a\\\"b\"\r\nA1 OK Completed\r\n")]
    [InlineData("A1 LIST \"\" Sent RETURN (SUBSCRIBED CHILDREN)", "* LIST () \"/\" Sent\r\nA1 OK Completed\r\n")]
    [InlineData("A1 XLIST \"\" \"*\"", "A1 OK Completed\r\n")]
    [InlineData("A1 LIST (SPECIAL-USE) \"\" \"*\"", "A1 OK Completed\r\n")]
    [InlineData("A1 LIST (SPECIAL-USE) \"\" \"*\" RETURN (SUBSCRIBED)", "A1 OK Completed\r\n")]
    public void A_list_that_only_MailKit_wants_is_answered(string command, string answer) =>
        Assert.Equal(answer, ImapCompatibility.AnswerTo(command + "\r\n", '/'));

    [Theory]
    [InlineData("A1 LIST \"\" \"\"")]
    [InlineData("A1 LIST \"\" user/%")]
    [InlineData("A1 LIST \"\" \"*\"")]
    [InlineData("A1 LIST \"\" \"user/exemple*\"")]
    [InlineData("A1 LIST (SUBSCRIBED) \"\" \"*\"")]
    [InlineData("A1 LIST \"user/\" x")]
    [InlineData("A1 LIST \"\" {5}")]
    [InlineData("A1 LSUB \"\" Sent")]
    [InlineData("A1 CREATE \"LIST\"")]
    [InlineData("A1 CREATE x LIST \"\" y")]
    [InlineData("LIST \"\" x")]
    public void Everything_else_is_for_the_server(string command) => Assert.Null(ImapCompatibility.AnswerTo(command + "\r\n", '/'));

    [Fact]
    public void Before_the_separator_is_known_a_name_is_not_found() =>
        Assert.Equal("A1 OK Completed\r\n", ImapCompatibility.AnswerTo("A1 LIST \"\" INBOX\r\n", separator: null));

    [Theory]
    [InlineData("A1 NO [ALREADYEXISTS] Mailbox already exists", "A1 NO Mailbox already exists")]
    [InlineData("A1 NO [NONEXISTENT] Mailbox does not exist", "A1 NO [NONEXISTENT] Mailbox does not exist")]
    [InlineData("* QUOTA user/x (STORAGE 0 25000)", "* QUOTA user/x (STORAGE 0 25000)")]
    [InlineData("* QUOTAROOT user/x user/x", "* QUOTAROOT user/x user/x")]
    public void A_mailbox_that_exists_is_a_refusal_and_the_rest_stays(string line, string heard) =>
        Assert.Equal(heard + "\r\n", ImapCompatibility.Hear(line + "\r\n"));
}
