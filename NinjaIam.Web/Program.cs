return await NinjaIam.Web.Commands.CommandLine.RunAsync(args);
