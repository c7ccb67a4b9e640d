package io.foreshard.control.history;

/** What a window means that the input says nothing about. */
public enum Absence {
    /**
     * In a rate table a gap, unless the table never holds a zero and leaves windows out; in an operation log a zero,
     * unless the whole log is silent for a day or more.
     */
    AUTO,
    /** It was not observed. */
    GAP,
    /** Nothing happened. */
    ZERO
}
