package io.foreshard.server.outlook;

import io.foreshard.control.outlook.SegmentOutlook;
import io.foreshard.core.forecast.Readiness;
import io.foreshard.server.receipt.Figures;
import java.util.List;
import java.util.Locale;

/** One segment's outlook in words. */
final class SegmentText {
    private static final int MODEL_MAX = 22;
    private static final double DECIMAL_BELOW = 0.1;
    private static final String COMBINATION = "combination(";

    private SegmentText() {}

    /** When the predicted peak is: {@code Tue 16 Apr 09:05}, or that there is none. */
    static String when(SegmentOutlook segment) {
        return segment.isFlat()
                ? "no peak"
                : Figures.weekdayMoment(segment.forecast().windowStartMillis(segment.peakWindow()));
    }

    /** The predicted peak against the last hour. */
    static String change(SegmentOutlook segment) {
        double now = segment.recentPerSecond();
        if (Double.isNaN(now) || now <= 0) {
            return segment.peakP50() > 0 ? "from 0" : "-";
        }
        double change = segment.peakP50() / now - 1;
        if (change >= 99) {
            return "over 100x";
        }
        if (change >= 9.995) {
            return String.format(Locale.ROOT, "%.0fx", change + 1);
        }
        return String.format(Locale.ROOT, "%+.0f %%", 100 * change)
                .replace("-0 %", "0 %")
                .replace("+0 %", "0 %");
    }

    /** The error of the prediction and of seasonal naive: {@code 31 % / 44 %}. */
    static String error(SegmentOutlook segment) {
        return segment.accuracy()
                .filter(accuracy -> !Double.isNaN(accuracy.wape()))
                .map(accuracy -> percent(accuracy.wape()) + " / " + percent(accuracy.wapeSeasonalNaive()))
                .orElse("-");
    }

    static String percent(double part) {
        return Double.isNaN(part)
                ? "-"
                : String.format(Locale.ROOT, part < DECIMAL_BELOW ? "%.1f %%" : "%.0f %%", 100 * part);
    }

    /** What planning goes by. */
    static String plansBy(SegmentOutlook segment) {
        if (segment.forecast().model().equals("none")) {
            return "nothing";
        }
        return segment.hasAuthority() ? "forecast" : "recent load";
    }

    /** The models behind it: {@code spar and 6 more}. */
    static String models(SegmentOutlook segment) {
        return models(segment.forecast().model());
    }

    static String models(String model) {
        List<String> models = modelNames(model);
        String first = models.get(0);
        String name = first.length() > MODEL_MAX ? first.substring(0, MODEL_MAX - 1) + "~" : first;
        return models.size() == 1 ? name : name + " +" + (models.size() - 1);
    }

    /** The names inside of a combination; else the one. */
    static List<String> modelNames(String model) {
        return model.startsWith(COMBINATION)
                ? List.of(model.substring(COMBINATION.length(), model.length() - 1)
                        .split(", ", -1))
                : List.of(model);
    }

    /** What can be trusted now, and what will be added: {@code day; week in 2 weeks}. */
    static String readiness(SegmentOutlook segment) {
        Readiness now = segment.readiness();
        Readiness tomorrow = segment.readinessInADay();
        Readiness later = segment.readinessInTwoWeeks();
        if (tomorrow != now) {
            return now.label() + "; " + tomorrow.label() + " in a day";
        }
        return later == now ? now.label() : now.label() + "; " + later.label() + " in 2 weeks";
    }

    /** A reason with the members of a combination left out. */
    static String shortened(String reason) {
        return reason.replaceAll("combination\\(([^,)]*)(, [^)]*)?\\)", "combination of $1 and others");
    }

    static String marks(SegmentOutlook segment) {
        return segment.forecast().events().isEmpty()
                ? ""
                : "! " + String.join(", ", segment.forecast().events());
    }
}
