namespace MailAdmin.Core.Data;

internal static class Paging
{
    /// <summary>Limits a position to the last page, so that a row deleted in the meantime never leaves an empty page.</summary>
    public static int Clamp(int first, int size, int total) =>
        Math.Clamp(first, 0, total == 0 ? 0 : (total - 1) / size * size);
}
