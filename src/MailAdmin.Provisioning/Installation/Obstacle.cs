namespace MailAdmin.Provisioning.Installation;

/// <summary>Why <c>mailadmin install</c> does not go on. Nothing was changed.</summary>
/// <param name="Code">Names the text that says it, and how to go on.</param>
/// <param name="Args">The text's arguments.</param>
public sealed record Obstacle(string Code, params object[] Args)
{
    /// <summary>Something that is there would be replaced; whoever has read that may go on.</summary>
    public bool MayBeReplaced { get; init; }
}
