namespace MailAdmin.Provisioning.Doctor;

/// <summary>A list of lookup tables as main.cf has it: separated by commas or white space, except between braces.</summary>
internal static class TableList
{
    public static IReadOnlyList<string> Of(string list)
    {
        var (tables, start, depth) = (new List<string>(), 0, 0);
        for (var i = 0; i <= list.Length; i++)
        {
            var isEnd = i == list.Length;
            if (!isEnd && list[i] == '{') depth++;
            if (!isEnd && list[i] == '}') depth--;
            if (!isEnd && (depth > 0 || !(list[i] == ',' || char.IsWhiteSpace(list[i])))) continue;
            if (i > start) tables.Add(list[start..i]);
            start = i + 1;
        }
        return tables;
    }
}
