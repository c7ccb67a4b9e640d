package io.foreshard.server.cli;

import io.foreshard.control.history.HistoryReader;
import io.foreshard.control.history.Inspection;
import io.foreshard.server.history.HistoryJson;
import io.foreshard.server.history.InspectionTable;
import io.foreshard.server.rules.CompiledTagRule;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code foreshard history inspect}: a file, looked over. */
@Command(
        name = "inspect",
        header = "Show what is in operation logs or rate tables, and how their load is best told apart.",
        description = {
            "",
            "Columns and what they are taken for, time span and gaps, operations by kind, tags, and how many segments each"
                    + " way of segmenting makes. 'Spread' is the chance that two operations fall into different segments;"
                    + " 'day over day' is how much of a day's load is where it was the day before, hour by hour: load that"
                    + " does not return cannot be forecast. Ends with a proposal for --segment-by."
        },
        footer = {
            "",
            "Examples:",
            "  foreshard history inspect log.csv.gz",
            "  foreshard history inspect --mapping access-log 'logs/access.log*'"
        })
final class InspectCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or globs, of one form.")
    List<String> files = List.of();

    @ArgGroup(validate = false, heading = "%nReading:%n", order = 1)
    HistoryOptions history = new HistoryOptions();

    @ArgGroup(validate = false, heading = "%nOutput:%n", order = 2)
    ListingOptions output = new ListingOptions();

    private final Session session;

    InspectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        history.histories = files;
        history.mapped.config = output.config;
        ListingRun run = new ListingRun(session, output);
        List<CompiledTagRule> rules =
                history.tagRules.stream().map(CompiledTagRule::compile).toList();
        Inspection found = run.read(progress -> new HistoryReader(progress).inspect(history.source(rules)));
        run.print(out -> {
            if (output.json) {
                HistoryJson.render(history.describe(), found, out);
            } else {
                out.print(InspectionTable.render(history.describe(), found, run.columns()));
            }
        });
        return ExitCode.OK;
    }
}
