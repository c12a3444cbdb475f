namespace MailAdmin.Core.Data;

/// <summary>One page of a list.</summary>
/// <param name="First">Position of the first row, from 0.</param>
/// <param name="Total">Number of rows on all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Rows, int First, int Size, int Total)
{
    public bool HasPrevious => First > 0;

    public bool HasNext => First + Rows.Count < Total;

    public int PreviousFirst => Math.Max(0, First - Size);

    public int NextFirst => First + Size;
}
