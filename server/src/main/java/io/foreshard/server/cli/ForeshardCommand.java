package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code foreshard}: the commands, their help, and what happens when one fails. */
@Command(
        name = "foreshard",
        header = "Foreshard places the partitions of a range-partitioned store where the load is going to be.",
        description = {
            "",
            "It watches the operations on a store, forecasts the load of every data segment, and moves partitions before"
                    + " the load arrives. This version runs whole workloads against embedded stores (RocksDB, one per"
                    + " node, each with a capacity that it really enforces) and prints a receipt: what clients felt, what"
                    + " it cost, and the proof that no record was lost.",
            "",
            "Start here:",
            "  foreshard demo                          see it work, in under two minutes",
            "  foreshard replay --oplog FILE           the same with your own operation log",
            "  foreshard forecast --oplog FILE         what every segment is going to be asked for",
            "  foreshard backtest --oplog FILE         how well that could have been known before",
            "  foreshard plan --snapshot FILE          what to move in a cluster that you exported, and why",
            "  foreshard help replay                   every option of a command"
        },
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is well, every record verified",
            "1:the command ran, and a record is lost or not what was acknowledged",
            "2:an option, a rule or the content of an input cannot be used",
            "3:a file or directory is missing, damaged, in use, full or not accessible",
            "70:a fault of Foreshard itself",
            "130:stopped with Ctrl-C"
        },
        footer = {
            "",
            "The result goes to standard output, everything else to standard error. NO_COLOR and FORESHARD_JAVA_OPTS"
                    + " (such as -Xmx8g, or -Dforeshard.log=INFO for the log) are respected.",
            "More: README.md, docs/reference/cli.md"
        },
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionCommand.Text.class,
        sortOptions = false)
public final class ForeshardCommand implements Callable<Integer> {
    private static final int HELP_COLUMNS_MAX = 100;
    private static final int HELP_COLUMNS_MIN = 60;

    private final Session session;

    @Spec
    @org.jspecify.annotations.Nullable
    CommandSpec spec;

    private ForeshardCommand(Session session) {
        this.session = session;
    }

    /** Runs one command and gives its exit code; never throws. */
    public static int run(Session session, String... arguments) {
        CommandLine commands = commandLine(session);
        PrintWriter err = session.console().err();
        boolean verbose = List.of(arguments).contains("--verbose");
        commands.setParameterExceptionHandler((failure, args) -> reportUsage(failure, err));
        commands.setExecutionExceptionHandler((failure, command, result) -> Failures.report(failure, verbose, err));
        try {
            return commands.execute(arguments);
        } catch (OutOfMemoryError failure) {
            return Failures.report(failure, verbose, err);
        }
    }

    /** The commands with their help, for running and for the reference. */
    static CommandLine commandLine(Session session) {
        CommandLine commands = new CommandLine(new ForeshardCommand(session))
                .addSubcommand(new DemoCommand(session))
                .addSubcommand(new ReplayCommand(session))
                .addSubcommand(new ForecastCommand(session))
                .addSubcommand(new BacktestCommand(session))
                .addSubcommand(new SegmentsCommand(session))
                .addSubcommand(new CommandLine(new HistoryCommand())
                        .addSubcommand(new InspectCommand(session))
                        .addSubcommand(new ImportCommand(session)))
                .addSubcommand(new PlanCommand(session))
                .addSubcommand(new VersionCommand(session))
                .addSubcommand(new CommandLine.HelpCommand());
        int columns = Math.max(
                HELP_COLUMNS_MIN, Math.min(HELP_COLUMNS_MAX, session.console().columns()));
        commands.setUsageHelpWidth(columns);
        commands.setOut(session.console().out());
        commands.setErr(session.console().err());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(
                session.console().outIsTerminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        everyCommandUnder(commands).forEach(command -> {
            command.getCommandSpec().usageMessage().sortOptions(false);
            command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        });
        addHelpOptions(commands);
        return commands;
    }

    private static List<CommandLine> everyCommandUnder(CommandLine commands) {
        return commands.getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), everyCommandUnder(command).stream()))
                .toList();
    }

    private static void addHelpOptions(CommandLine commands) {
        commands.getCommandSpec().mixinStandardHelpOptions(true);
        for (CommandLine command : everyCommandUnder(commands)) {
            if (!command.getCommandName().equals("help")) {
                command.getCommandSpec()
                        .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help.")
                                .build());
            }
        }
    }

    private static int reportUsage(ParameterException failure, PrintWriter err) {
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        StringBuilder line = new StringBuilder("foreshard: ").append(message);
        if (!message.endsWith(".") && !message.endsWith(":")) {
            line.append('.');
        }
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                line.append(" Did you mean ").append(String.join(" or ", near)).append('?');
            }
        }
        line.append(" Try '")
                .append(failure.getCommandLine().getCommandSpec().qualifiedName())
                .append(" --help'.");
        err.println(line);
        err.flush();
        return ExitCode.USAGE;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new InputException(ErrorCode.SETTING, "no command given.");
        }
        spec.commandLine().usage(session.console().out());
        session.console().out().flush();
        return ExitCode.OK;
    }
}
