using System.Net;
using MailAdmin.Provisioning.Doctor;
using Microsoft.AspNetCore.HttpOverrides;

namespace MailAdmin.Web.Hosting;

/// <summary>The security headers of every response.</summary>
internal static class Headers
{
    public static void UsePanelHeaders(this WebApplication app) => app.UseSecurityHeaders(new HeaderPolicyCollection()
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicySameOrigin()
        .AddStrictTransportSecurityMaxAge()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .AddCustomHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddDefaultSrc().None();
            policy.AddScriptSrc().Self();
            policy.AddStyleSrc().Self();
            policy.AddImgSrc().Self();
            policy.AddConnectSrc().Self();
            policy.AddFormAction().Self();
            policy.AddBaseUri().None();
            policy.AddFrameAncestors().None();
        }));

    /// <summary>Takes the browser's address and scheme from a listed proxy's headers; those of any other peer are ignored.</summary>
    public static void TrustProxies(this ForwardedHeadersOptions options, IReadOnlyList<string> proxies)
    {
        options.ForwardedHeaders = proxies.Count == 0
            ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownProxies.Add(IPAddress.Parse(proxy));
    }

    /// <summary>
    /// Logs once that a peer sends X-Forwarded-For without being listed as a proxy. The header of a listed proxy has been consumed by then,
    /// and is kept as X-Original-For.
    /// </summary>
    public static void UseProxyWarning(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Request.Headers;
        var isUnnamed = headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName)
            && !headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName);
        var peer = context.Connection.RemoteIpAddress;
        if (isUnnamed && app.Services.GetRequiredService<UnnamedProxies>().Note(peer)) Log.ProxyUnnamed(app.Logger, peer);
        return next(context);
    });
}
