using MailAdmin.Web.Commands;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Provisioning;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Setup;
using MailAdmin.Web.Hosting;

if (CommandLine.Asks(args)) return await CommandLine.RunAsync(args);
if (args is [LoginServiceCommand.Word, .. var options]) return await LoginServiceProcess.RunAsync(options);

// Settings are read once: watching their files would use several of a user's 128 inotify instances.
string[] arguments = ["--hostBuilder:reloadConfigOnChange=false", .. args];
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);
builder.AddStopWithStandardInput();
builder.Services.AddServiceManager();
KeptSockets.AddTo(builder);

if (!builder.TryAddSettings(out var settings)) return (int)ExitCode.Usage;
builder.Services.AddLogs(settings);
builder.Services.AddTelemetry(settings, settings.Metrics.Listen);
builder.Services.AddCore(settings);
builder.Services.AddSessions(settings);
builder.Services.AddSetup();
builder.Services.AddPages(settings);
builder.Services.AddProvisioning(settings);
builder.AddDoctor(settings);
builder.Services.AddGauges(settings);
builder.Services.AddReadiness();

var app = builder.Build();
if (!await app.PrepareAsync()) return 1;
app.UsePanelMetrics();
app.UseForwardedHeaders();
app.UseProxyWarning();
app.UseQueriesWithoutNul();
app.UsePanelHeaders();
app.UseRequestLogs();
app.UseErrorPages();
app.UseRouting();
app.UseRoutesOfFailures();
app.UseSchemeCheck();
app.UseUnservedPaths();
app.UseRefusalLogs();
app.UseAuthentication();
app.UseRequestLocalization().UseRegionalFormats();
app.UseSetup();
app.UseAuthorization();
app.MapReadiness();
app.MapProvisioningHealth();
app.MapStaticAssets().AllowAnonymous();
app.MapControllers().WithStaticAssets().RequireDomainScope();
return await app.ListenAsync();
