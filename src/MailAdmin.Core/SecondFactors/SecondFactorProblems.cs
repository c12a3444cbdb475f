using MailAdmin.Core.Results;

namespace MailAdmin.Core.SecondFactors;

/// <summary>Why a second factor can't be as asked.</summary>
public static class SecondFactorProblems
{
    public static Problem CodeWrong { get; } = new("SecondFactorCodeWrong", "Code");

    /// <summary>Too many wrong ones: an app's codes are not looked at for a day.</summary>
    public static Problem CodesStopped { get; } = new("SecondFactorCodesStopped", "Code");

    /// <summary>The page was open for too long, or is another admin's.</summary>
    public static Problem SetUpStale { get; } = new("SecondFactorSetUpStale");

    public static Problem PasskeyRefused { get; } = new("PasskeyRefused");
    public static Problem PasskeyNameMalformed { get; } = new("PasskeyNameMalformed", "Name", SecondFactorService.MaxPasskeyName);
    public static Problem PasskeyKnown { get; } = new("PasskeyKnown");

    /// <summary>Their role has to have one.</summary>
    public static Problem LastOne { get; } = new("SecondFactorLastOne");

    /// <summary>One's own are changed among one's settings, where the password is asked for.</summary>
    public static Problem Own { get; } = new("SecondFactorOwn");
}
