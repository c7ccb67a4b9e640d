package io.foreshard.control.outlook;

/** Told how many segments are done, several times a second, on the thread that asked for the work. */
public interface SegmentProgress {
    /** Watches nothing, never stops. */
    SegmentProgress NONE = new SegmentProgress() {
        @Override
        public void at(int done, int all) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    };

    void at(int done, int all);

    /** Whether somebody asked to stop; the work then ends with a {@link io.foreshard.control.StoppedException}. */
    boolean stopRequested();
}
