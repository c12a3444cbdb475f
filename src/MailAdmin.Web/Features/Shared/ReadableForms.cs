namespace MailAdmin.Web.Features.Shared;

internal static class ReadableForms
{
    /// <summary>Reads the form of a request that nothing has read yet.</summary>
    /// <returns>Null if there is none, or if it can't be read: a NUL in a value, too many values, a body that ends early.</returns>
    public static async Task<IFormCollection?> TryReadFormAsync(this HttpRequest request)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }

    /// <summary>The form, which model binding has read already.</summary>
    /// <inheritdoc cref="TryReadFormAsync"/>
    public static IFormCollection? TryForm(this HttpRequest request)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            return request.Form;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
