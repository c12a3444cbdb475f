using MailAdmin.Sandbox;

return await SandboxCommand.Create().Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });
