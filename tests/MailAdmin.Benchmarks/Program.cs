using MailAdmin.Benchmarks;

return await BenchmarkCommand.Create().Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });
