package io.foreshard.control.history;

/** Told how far reading is, several times a second, on the thread that reads. */
public interface HistoryProgress {
    /** Watches nothing, never stops. */
    HistoryProgress NONE = new HistoryProgress() {
        @Override
        public void at(double done, long rows) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    };

    /**
     * Hears how far it is.
     *
     * @param done part of the work, 0..1; NaN while it is not known
     * @param rows how many rows have gone through; 0 while it is not known
     */
    void at(double done, long rows);

    /** Whether somebody asked to stop; reading then ends with a {@link HistoryStoppedException}. */
    boolean stopRequested();
}
