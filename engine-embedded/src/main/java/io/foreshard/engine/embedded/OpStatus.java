package io.foreshard.engine.embedded;

/** How an operation on the store ended. */
public enum OpStatus {
    /** Done; a write is acknowledged. */
    OK(true),
    /** Done: there is no record with that key. */
    NOT_FOUND(true),
    /** Not done: the node's queue is full. Try again later. */
    OVERLOADED(false),
    /** Not done: the keys of an atomic write lie on more than one node. */
    CROSS_NODE(false),
    /** Not acknowledged: the node's disk did not take it. Whether it was done is not known. */
    FAILED(false),
    /** Not done: no node that serves the key was found in time. */
    UNAVAILABLE(false);

    private final boolean done;

    OpStatus(boolean done) {
        this.done = done;
    }

    public boolean isDone() {
        return done;
    }
}
