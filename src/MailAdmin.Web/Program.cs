using MailAdmin.Web.Hosting;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.AddSettingsFile();
builder.AddStopWithStandardInput();

var app = builder.Build();
app.MapGet("/health", () => "ok");
await app.RunAsync();
