package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.HistoryReader;
import io.foreshard.control.history.HistoryReader.Surveys;
import io.foreshard.server.history.HistoryJson;
import io.foreshard.server.history.SegmentsText;
import io.foreshard.server.rules.CompiledTagRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foreshard segments}: what there is to forecast. */
@Command(
        name = "segments",
        header = "List the segments of a history: their load, when they were last seen, what can be forecast of them.",
        description = {
            "",
            "One pass over the input serves any number of segmentings: repeat --segment-by.",
            "Segments beyond --top are summed up as 'other', and counted."
        },
        footer = {
            "",
            "Examples:",
            "  foreshard segments --oplog log.csv.gz --segment-by tenant --segment-by tenant,type",
            "  foreshard segments --rates rates.csv.gz --csv > segments.csv"
        })
final class SegmentsCommand implements Callable<Integer> {
    @ArgGroup(validate = false, heading = "%nHistory:%n", order = 1)
    HistoryOptions history = new HistoryOptions();

    @ArgGroup(validate = false, heading = "%nOutput:%n", order = 2)
    ListOptions list = new ListOptions();

    /** How many, and in which form. */
    static final class ListOptions {
        @Option(
                names = "--top",
                paramLabel = "N",
                defaultValue = "20",
                description = "How many segments to list, heaviest first; 0 for all up to --segment-limit (default:"
                        + " ${DEFAULT-VALUE}).")
        int top;

        @Option(names = "--csv", description = "Print CSV instead of a table.")
        boolean csv;

        @ArgGroup(validate = false)
        ListingOptions output = new ListingOptions();
    }

    private final Session session;

    SegmentsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (list.csv && list.output.json) {
            throw new InputException(
                    ErrorCode.SETTING, "--json and --csv both go to standard output: ask for one of them.");
        }
        if (list.top < 0) {
            throw new InputException(ErrorCode.SETTING, "--top is " + list.top + ": it must be 0 (all) or more.");
        }
        history.mapped.config = list.output.config;
        ListingRun run = new ListingRun(session, list.output);
        List<CompiledTagRule> rules =
                history.tagRules.stream().map(CompiledTagRule::compile).toList();
        List<List<String>> segmentings = new ArrayList<>();
        history.segmentBy.forEach(tags -> segmentings.add(HistoryOptions.tags(tags)));
        if (segmentings.isEmpty()) {
            segmentings.add(history.source(rules).segmenting().by());
        }
        int listed = list.top == 0 ? history.segmentLimit : Math.min(list.top, history.segmentLimit);
        Surveys surveys =
                run.read(progress -> new HistoryReader(progress).survey(history.source(rules), segmentings, listed));
        run.print(out -> {
            if (list.output.json) {
                HistoryJson.render(history.describe(), surveys, out);
            } else if (list.csv) {
                SegmentsText.csv(surveys, out);
            } else {
                out.print(SegmentsText.table(history.describe(), surveys, run.columns()));
            }
        });
        return ExitCode.OK;
    }
}
