package io.foreshard.server.outlook;

import io.foreshard.control.outlook.Outlook;
import io.foreshard.control.outlook.SegmentOutlook;
import io.foreshard.core.forecast.capacity.ResourceProjection;
import io.foreshard.core.forecast.heat.HeatMap;
import io.foreshard.core.forecast.heat.HeatMaps;
import io.foreshard.server.receipt.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code foreshard forecast} has to tell, whatever the form.
 *
 * @param source what was read, for people
 * @param resources what it takes of machines; empty when nothing can be said
 * @param notes what a reader should know before believing the numbers
 * @param top how many segments to show where not all are
 */
public record OutlookReport(
        String source,
        Outlook outlook,
        LoadUnit unit,
        Optional<ResourceProjection> resources,
        List<String> notes,
        int top) {
    /** More columns than any screen shows side by side. */
    private static final int COLUMNS_MAX = 720;

    public OutlookReport {
        notes = List.copyOf(notes);
    }

    /** The segments that are shown one by one. */
    List<SegmentOutlook> shown() {
        return outlook.segments().subList(0, Math.min(top, outlook.segments().size()));
    }

    /** What a picture of it is called. */
    public String title() {
        return source + ": load of " + outlook.segments().size() + " segments, "
                + Figures.duration(Duration.ofMillis(outlook.horizonMillis())) + " ahead";
    }

    /** As much of the past as of the future, in windows as most segments have them. */
    public HeatMap heatMap() {
        long width = commonWindowMillis();
        long columns = Math.max(1, outlook.horizonMillis() / width);
        long merged = (columns * 2 + COLUMNS_MAX - 1) / COLUMNS_MAX;
        int each = (int) Math.max(1, (columns + merged - 1) / merged);
        HeatMaps.Frame frame = new HeatMaps.Frame(merged * width, each, each, unit.label(), unit.perOperation());
        return new HeatMaps(outlook.loads(), outlook.forecasts(), frame).ofSegments();
    }

    /** The width of the windows of most segments; of equals the narrowest. */
    long commonWindowMillis() {
        TreeMap<Long, Integer> widths = new TreeMap<>();
        outlook.loads().forEach(load -> widths.merge(load.windowMillis(), 1, Integer::sum));
        long common = widths.firstKey();
        for (Map.Entry<Long, Integer> width : widths.entrySet()) {
            common = width.getValue() > widths.getOrDefault(common, 0) ? width.getKey() : common;
        }
        return common;
    }

    /** The end of the longest history. */
    long presentMillis() {
        return outlook.loads().stream()
                .mapToLong(load -> load.endMillis())
                .max()
                .orElse(0);
    }

    /** The longest history. */
    Duration history() {
        return Duration.ofMillis(outlook.loads().stream()
                .mapToLong(load -> load.endMillis() - load.windowStartMillis(0))
                .max()
                .orElse(0));
    }

    /** How many segments are planned for by their recent load. */
    long withoutAuthority() {
        return outlook.segments().stream()
                .filter(segment -> !segment.hasAuthority())
                .count();
    }
}
