package io.foreshard.core.forecast;

/**
 * What a call of {@link Forecaster} left for later calls, so that its own work stays bounded.
 *
 * @param selectionsDone segments whose models were chosen in the call
 * @param selectionsWaiting segments whose models are due to be chosen; those never chosen for are forecast naively
 *     until then, the others with the models they have
 * @param refitsDone segments whose coefficients were renewed in the call
 * @param refitsWaiting segments whose coefficients are due to be renewed
 * @param lateWindows for how many windows the one that waits longest has been due; 0 when none waits
 */
public record Backlog(int selectionsDone, int selectionsWaiting, int refitsDone, int refitsWaiting, int lateWindows) {
    static final Backlog NONE = new Backlog(0, 0, 0, 0, 0);
}
