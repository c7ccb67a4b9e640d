package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code foreshard history}: what past load there is. */
@Command(
        name = "history",
        header = "Look into past load before it is used, and keep it.",
        description = {"", "Operation logs and rate tables: CSV, JSON lines or Parquet, plain, gzip or zstd."},
        synopsisSubcommandLabel = "COMMAND")
final class HistoryCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new InputException(ErrorCode.SETTING, "no command given.");
        }
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
