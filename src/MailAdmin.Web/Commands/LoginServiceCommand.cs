using System.CommandLine;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Commands;

/// <summary>
/// <c>mailadmin login-service</c> among the commands, for help and the manual pages. It runs for ever, so it is no
/// <see cref="PanelCommand"/>: the program starts it directly (<see cref="LoginServiceProcess"/>), with options as the panel has them.
/// </summary>
internal sealed class LoginServiceCommand() : Command(Word, CommandTexts.LoginService)
{
    public const string Word = "login-service";
}
