using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Setup;
using MailAdmin.Web.Hosting;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);
builder.AddSettingsFile();
builder.AddStopWithStandardInput();

var settings = builder.AddPanelSettings();
builder.Services.AddLogs(settings);
builder.Services.AddCore(settings);
builder.Services.AddSessions(settings);
builder.Services.AddSetup();
builder.Services.AddPages(settings);
builder.AddProvisioning();

var app = builder.Build();
await app.PrepareAsync();
app.UseForwardedHeaders();
app.UsePanelHeaders();
app.UseRequestLogs();
app.UseErrorPages();
app.UseRouting();
app.UseAuthentication();
app.UseRequestLocalization();
app.UseSetup();
app.UseAuthorization();
app.MapGet("/health", () => "ok").AllowAnonymous();
app.MapStaticAssets().AllowAnonymous();
app.MapControllers().WithStaticAssets();
await app.RunAsync();
