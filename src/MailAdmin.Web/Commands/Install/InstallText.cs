using System.Globalization;
using MailAdmin.Provisioning.Installation;

namespace MailAdmin.Web.Commands.Install;

/// <summary>The texts of obstacles: each code is the key of one.</summary>
internal static class InstallText
{
    /// <exception cref="InvalidOperationException">The code has no text: a test ensures that each has one.</exception>
    public static string Of(Obstacle obstacle)
    {
        var text = ObstacleTexts.ResourceManager.GetString(obstacle.Code, CultureInfo.CurrentUICulture)
            ?? throw new InvalidOperationException($"ObstacleTexts has no text for {obstacle.Code}.");
        return string.Format(CultureInfo.CurrentCulture, text, obstacle.Args);
    }
}
