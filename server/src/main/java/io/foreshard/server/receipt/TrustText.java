package io.foreshard.server.receipt;

import io.foreshard.simulator.receipt.ForecastQuality;
import java.util.ArrayList;
import java.util.List;

/** Which forecasts were not trusted, and how announced events turned out, in sentences. */
final class TrustText {
    private TrustText() {}

    /** Empty when every forecast had authority and no event ended. */
    static List<String> sentences(ForecastQuality forecast) {
        List<String> sentences = new ArrayList<>();
        if (!forecast.distrusted().isEmpty()) {
            ForecastQuality.Distrusted most = forecast.distrusted().get(0);
            int others = forecast.distrusted().size() - 1;
            String more = others == 0 ? "" : ", and at times for " + Figures.count(others) + " more";
            sentences.add("Planned by recent load instead of the forecast: " + Figures.percent(most.share())
                    + " of the time for " + most.segment() + " (" + most.reason() + ")" + more + ".");
        }
        for (ForecastQuality.EventOutcome event : forecast.events()) {
            sentences.add("Event " + event.event() + ": expected " + Figures.number(event.expected())
                    + " ops/s (" + Figures.number(event.ordinary()) + " without it), observed "
                    + Figures.number(event.observed()) + ".");
        }
        return sentences;
    }
}
