package io.foreshard.core.plan;

import io.foreshard.core.placement.Relocation;

/**
 * When the load that drives a move peaks on its source, and when it is over.
 *
 * @param window the window of the highest load
 * @param lastWindow the last window, from the driving one on, in which the source is as high as in the driving one, or
 *     over its capacity
 * @param utilisation the source's utilisation at the peak; 1 is full
 */
record SourcePeak(int window, int lastWindow, double utilisation) {
    /** The peak of the first stretch of high load from the driving window on; window 0 when nothing drives the move. */
    static SourcePeak of(Relocation relocation, NodeLoads before) {
        int driving = relocation.drivingWindow().orElse(0);
        int window = driving;
        double highest = before.utilisation(relocation.source(), driving);
        double limit = Math.min(1, highest);
        int last = driving;
        boolean firstStretch = true;
        for (int w = driving; w < before.windows(); w++) {
            double utilisation = before.utilisation(relocation.source(), w);
            boolean over = utilisation >= limit;
            firstStretch &= over || w == driving;
            if (over) {
                last = w;
            }
            if (firstStretch && utilisation > highest) {
                highest = utilisation;
                window = w;
            }
        }
        return highest > 0
                ? new SourcePeak(window, last, highest)
                : new SourcePeak(driving, last, relocation.utilisationWithout());
    }
}
