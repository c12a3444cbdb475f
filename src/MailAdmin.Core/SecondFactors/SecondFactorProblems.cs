using MailAdmin.Core.Results;

namespace MailAdmin.Core.SecondFactors;

/// <summary>Reasons why a second factor is refused or cannot be changed as requested.</summary>
public static class SecondFactorProblems
{
    public static Problem CodeWrong { get; } = new("SecondFactorCodeWrong", "Code");

    /// <summary>There were too many wrong codes: codes of the app are not checked for a day.</summary>
    public static Problem CodesStopped { get; } = new("SecondFactorCodesStopped", "Code");

    /// <summary>The page was open for too long, or belongs to another admin.</summary>
    public static Problem SetUpStale { get; } = new("SecondFactorSetUpStale");

    public static Problem PasskeyRefused { get; } = new("PasskeyRefused");
    public static Problem PasskeyNameMalformed { get; } = new("PasskeyNameMalformed", "Name", SecondFactorService.MaxPasskeyName);
    public static Problem PasskeyKnown { get; } = new("PasskeyKnown");

    /// <summary>The admin's role requires a second factor.</summary>
    public static Problem LastOne { get; } = new("SecondFactorLastOne");

    /// <summary>Admins change their own second factors in their settings, which ask for the password.</summary>
    public static Problem Own { get; } = new("SecondFactorOwn");
}
