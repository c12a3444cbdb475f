using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>Gives requests an address, because the test server has none of its own.</summary>
internal sealed class ProxyFilter : IStartupFilter
{
    public const string Address = "192.0.2.1";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, then) =>
        {
            context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(Address);
            return then(context);
        });
        next(app);
    };
}
