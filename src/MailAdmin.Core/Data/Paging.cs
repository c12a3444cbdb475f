namespace MailAdmin.Core.Data;

internal static class Paging
{
    /// <summary>A position on the last page at most, so that a row deleted meanwhile never leaves an empty page.</summary>
    public static int Clamp(int first, int size, int total) =>
        Math.Clamp(first, 0, total == 0 ? 0 : (total - 1) / size * size);
}
