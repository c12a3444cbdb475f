namespace MailAdmin.Web.Hosting;

/// <summary>
/// Stops the panel when its standard input ends, so that a panel that another program started never outlives it, however that program ends.
/// </summary>
internal sealed class StandardInputLifetime(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Console streams ignore tokens and block, so the read has a thread of its own.
        await Task.Factory.StartNew(ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        lifetime.StopApplication();
    }

    public override Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void ReadToEnd()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[64];
        while (input.Read(buffer) > 0)
        {
        }
    }
}

internal static class StandardInputLifetimeExtensions
{
    /// <summary>Only with <c>--stop-with-stdin true</c>: a service has no standard input at all.</summary>
    public static void AddStopWithStandardInput(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue("stop-with-stdin", false)) builder.Services.AddHostedService<StandardInputLifetime>();
    }
}
