package io.foreshard.control.history;

import java.time.Duration;
import java.util.List;

/**
 * How a history store keeps what it is given.
 *
 * @param small span of the files that the windows of one file each are gathered into first
 * @param large span of the files that those are gathered into, with roll-ups; a multiple of {@code small}
 * @param levels widths that windows are rolled up to, and how long each is kept; ascending
 */
public record StoreOptions(Duration small, Duration large, List<Level> levels) {
    /** An hour, a day; a minute for five weeks, ten minutes for half a year, an hour for three years. */
    public static final StoreOptions DEFAULT = new StoreOptions(
            Duration.ofHours(1),
            Duration.ofDays(1),
            List.of(
                    new Level(Duration.ofMinutes(1), Duration.ofDays(35)),
                    new Level(Duration.ofMinutes(10), Duration.ofDays(183)),
                    new Level(Duration.ofHours(1), Duration.ofDays(3 * 365))));

    public StoreOptions {
        levels = List.copyOf(levels);
        if (small.toMillis() < 1 || large.toMillis() % small.toMillis() != 0 || levels.isEmpty()) {
            throw new IllegalArgumentException("files of " + small + " and " + large + ", levels " + levels);
        }
    }

    /**
     * Windows of one width.
     *
     * @param keep how long after their end they are kept
     */
    public record Level(Duration width, Duration keep) {}

    /** How long windows of {@code widthMillis} are kept: as the next wider level is. */
    long keepMillis(long widthMillis) {
        return levels.stream()
                .filter(level -> level.width().toMillis() >= widthMillis)
                .findFirst()
                .orElse(levels.get(levels.size() - 1))
                .keep()
                .toMillis();
    }
}
