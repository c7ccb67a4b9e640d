package io.foreshard.server.outlook;

import io.foreshard.control.outlook.SegmentOutlook;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.forecast.QuantileForecast;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;

/** A forecast for spreadsheets: one line per segment and window. */
public final class OutlookCsv {
    private OutlookCsv() {}

    /** With a header; values in the unit of the report, times in UTC. */
    public static void render(OutlookReport report, Appendable out) throws IOException {
        out.append("segment,window_start,p50,p90,low95,high95,plans_by,events\n");
        for (SegmentOutlook segment : report.outlook().segments()) {
            LoadForecast forecast = segment.forecast();
            QuantileForecast quantiles = forecast.quantiles();
            String name = quoted(segment.segment().toString());
            String tail =
                    "," + SegmentText.plansBy(segment) + "," + quoted(String.join("; ", forecast.events())) + "\n";
            for (int w = 0; w < forecast.windows(); w++) {
                out.append(name).append(',');
                out.append(Instant.ofEpochMilli(forecast.windowStartMillis(w)).toString());
                for (double value :
                        new double[] {quantiles.p50(w), quantiles.p90(w), quantiles.lower95(w), quantiles.upper95(w)}) {
                    out.append(',').append(number(report.unit().value(value)));
                }
                out.append(tail);
            }
        }
    }

    /** Six significant digits are more than a forecast has; empty where there is no number. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** By RFC 4180, where it is needed. */
    static String quoted(String text) {
        return text.matches("[^,\"\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
