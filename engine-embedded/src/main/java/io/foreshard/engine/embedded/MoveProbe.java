package io.foreshard.engine.embedded;

import org.rocksdb.RocksDBException;

/** Told where a move is; the one of production does nothing. */
interface MoveProbe {
    MoveProbe NONE = point -> {};

    /** May throw what a failing disk throws. */
    void at(MovePoint point) throws RocksDBException;
}
