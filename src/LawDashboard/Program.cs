using System.CommandLine;
using System.Globalization;
using LawDashboard.Commands;
using LawDashboard.Commands.Demo;

// Dates and numbers shown to people follow China's conventions wherever the program runs.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");

var root = new RootCommand("乡镇法治工作台账与年度报告。不带命令时启动网站（serve）。")
{
    ServeCommand.Create(),
    DemoCommand.Create(),
    ImportCommand.Create(),
    ExportCommand.Create(),
    FiguresCommand.Create(),
    ReportCommand.Create(),
    CheckCommand.Create(),
    PackCommand.Create(),
    VerifyCommand.Create(),
};
CommonOptions.AddTo(root);
ServeCommand.MakeDefault(root);
return await CommandLine.RunAsync(root, args);
