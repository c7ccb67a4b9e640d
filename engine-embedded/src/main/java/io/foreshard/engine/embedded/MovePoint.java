package io.foreshard.engine.embedded;

/** The places of a move at which tests let the process die or the disk fail. */
enum MovePoint {
    BEFORE_REGISTRATION,
    AFTER_REGISTRATION,
    AFTER_TARGET_CLEARED,
    AFTER_SNAPSHOT,
    BEFORE_CHUNK,
    AFTER_CHUNK,
    BEFORE_CATCH_UP,
    AFTER_CATCH_UP,
    WRITES_HELD,
    TARGET_SYNCED,
    AFTER_RELEASE,
    AFTER_SOURCE_DELETED,
    AFTER_UNDO_CLEARED,
    BEFORE_CATALOG_WRITE,
    AFTER_CATALOG_WRITE
}
