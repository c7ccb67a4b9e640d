package io.foreshard.server.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.HistoryImport;
import io.foreshard.control.history.HistorySource;
import io.foreshard.control.history.HistoryStore;
import io.foreshard.control.history.ReadReport;
import io.foreshard.control.history.StoreOptions;
import io.foreshard.server.receipt.Figures;
import io.foreshard.server.rules.CompiledTagRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code foreshard history import}: past load, kept. */
@Command(
        name = "import",
        header = "Count operation logs or rate tables once, and keep the load in a history store.",
        description = {
            "",
            "The store is a directory of Parquet files with the load per segment and window, rolled up to ten minutes and an"
                    + " hour. All of the input goes in, or nothing; a time that the store has already is refused. Afterwards"
                    + " 'foreshard forecast --history DIR' reads it in seconds."
        },
        footer = {
            "",
            "Example:",
            "  foreshard history import --history load --segment-by tenant,type log.csv.gz",
            "  foreshard segments --history load"
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or globs, of one form.")
    List<String> files = List.of();

    @ArgGroup(validate = false, heading = "%nReading:%n", order = 1)
    HistoryOptions history = new HistoryOptions();

    @ArgGroup(validate = false, heading = "%nOutput:%n", order = 2)
    ListingOptions output = new ListingOptions();

    private final Session session;

    ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (history.histories.size() != 1) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "no store to import into: name its directory with --history DIR (it is made if need be).");
        }
        Path directory = Path.of(history.histories.get(0));
        history.histories = files;
        history.mapped.config = output.config;
        ListingRun run = new ListingRun(session, output);
        List<CompiledTagRule> rules =
                history.tagRules.stream().map(CompiledTagRule::compile).toList();
        HistorySource source = history.source(rules);
        HistoryImport.Result result = run.read(progress -> {
            try (HistoryStore store = HistoryStore.open(directory, StoreOptions.DEFAULT)) {
                return new HistoryImport(store, progress).add(source);
            }
        });
        ReadReport report = result.report();
        run.print(out -> {
            if (output.json) {
                out.println(String.format(
                        Locale.ROOT,
                        "{\"history\": \"%s\", \"rows\": %d, \"segments\": %d, \"files\": %d, \"first_ms\": %d, \"last_ms\": %d,"
                                + " \"units_per_operation\": %s}",
                        new String(JsonStringEncoder.getInstance().quoteAsString(directory.toString())),
                        report.rows(),
                        result.segments(),
                        result.files(),
                        report.firstMillis(),
                        report.lastMillis(),
                        report.unitsPerOperation()));
            } else {
                out.println(directory + " has " + Figures.count(report.rows()) + " rows more, as the load of "
                        + Figures.count(result.segments()) + " segments from " + Figures.moment(report.firstMillis())
                        + " to "
                        + Figures.moment(report.lastMillis()) + " UTC.");
                if (report.unitsPerOperation() != 1) {
                    out.println("Values were too small for whole numbers: multiply them by "
                            + report.unitsPerOperation() + ".");
                }
            }
        });
        return ExitCode.OK;
    }
}
