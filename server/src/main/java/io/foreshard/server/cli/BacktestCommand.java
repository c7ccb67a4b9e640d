package io.foreshard.server.cli;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.LoadHistory;
import io.foreshard.control.outlook.SegmentBacktest;
import io.foreshard.server.config.Durations;
import io.foreshard.server.outlook.BacktestCsv;
import io.foreshard.server.outlook.BacktestHtml;
import io.foreshard.server.outlook.BacktestJson;
import io.foreshard.server.outlook.BacktestReport;
import io.foreshard.server.outlook.BacktestTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code foreshard backtest}: how well the past could have been forecast. */
@Command(
        name = "backtest",
        header = "Forecast a history from several of its own moments, and compare with what then happened.",
        description = {
            "",
            "From each moment every segment is forecast with what was known then, as it would have been in operation:"
                    + " models chosen, coefficients renewed, intervals calibrated. The errors stand beside those of"
                    + " seasonal naive ('as one season ago'), by how far ahead was forecast; the segments that lose to it"
                    + " come first."
        },
        footer = {
            "",
            "Examples:",
            "  foreshard backtest --oplog log.csv.gz --segment-by tenant --horizon 4h",
            "  foreshard backtest --rates rates.csv.gz --origins 20 --html backtest.html",
            "",
            "What the numbers mean: docs/concepts/forecasting.md"
        })
final class BacktestCommand implements Callable<Integer> {
    @ArgGroup(validate = false, heading = "%nHistory:%n", order = 1)
    HistoryOptions history = new HistoryOptions();

    @Option(
            names = "--horizon",
            paramLabel = "TIME",
            converter = DurationText.class,
            defaultValue = "24h",
            order = 2,
            description = "How far ahead; a history shorter than three horizons is tested on a third of itself"
                    + " (default: ${DEFAULT-VALUE}).")
    Duration horizon = Duration.ZERO;

    @Option(
            names = "--origins",
            paramLabel = "N",
            defaultValue = "7",
            order = 3,
            description = "From how many moments, at most, in the second half of the history"
                    + " (default: ${DEFAULT-VALUE}).")
    int origins;

    @ArgGroup(validate = false, heading = "%nOutput:%n", order = 4)
    OutlookOutput output = new OutlookOutput();

    private final Session session;

    BacktestCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        OutlookRun run = new OutlookRun(session, output);
        run.checkOutputs(output.html);
        if (origins < 1 || horizon.isZero()) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "--origins is " + origins + " and --horizon " + Durations.text(horizon)
                            + ": both must be more than nothing.");
        }
        LoadHistory read = run.read(history);
        List<SegmentBacktest> segments;
        try {
            segments = run.outlooks("backtesting").backtest(read.loads(), horizon.toMillis(), origins);
        } finally {
            run.clearLine();
        }
        BacktestReport report = new BacktestReport(
                history.describe(),
                segments,
                horizon.toMillis(),
                origins,
                OutlookRun.unit(read),
                OutlookRun.notes(read),
                output.top);
        if (output.json) {
            run.print(out -> BacktestJson.render(report, out));
        } else if (output.csv) {
            run.print(out -> BacktestCsv.render(report, out));
        } else {
            run.print(out -> out.print(BacktestTable.render(report, run.columns())));
        }
        run.write(output.html, () -> BacktestHtml.render(report).getBytes(StandardCharsets.UTF_8));
        return ExitCode.OK;
    }
}
