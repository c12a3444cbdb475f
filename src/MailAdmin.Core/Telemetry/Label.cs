using System.Collections.Frozen;
using System.Text.Json;

namespace MailAdmin.Core.Telemetry;

/// <summary>
/// Values of metric labels. They come from enumerations or constants, never from mail or from users: each value is a time series for ever,
/// and whoever may read the metrics may not know addresses.
/// </summary>
public static class Label
{
    /// <summary>
    /// The value's name in the form that label values have: <c>domain_removal</c>; <c>unknown</c> for a number without a name, which
    /// another version may have written into the database.
    /// </summary>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.All.GetValueOrDefault(value, "unknown");

    private static class Names<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> All =
            Enum.GetValues<T>().ToFrozenDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
    }
}
