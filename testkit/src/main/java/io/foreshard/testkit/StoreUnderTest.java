package io.foreshard.testkit;

import io.foreshard.core.engine.Engine;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import java.util.Optional;
import java.util.Set;

/** A store whose engine is held to {@link EngineContract}: the engine, and the little of its client side that takes. */
public interface StoreUnderTest extends AutoCloseable {
    Engine engine();

    /** Writes as a client does; throws when the store does not acknowledge it. */
    void put(Key key, byte[] value);

    /** Reads as a client does, through the newest partition map. */
    Optional<byte[]> get(Key key);

    /** Whether the node of {@code seen} still answers a request for its keys that carries its epoch. */
    boolean answers(Partition seen);

    /** The nodes on whose disks a record with {@code key} lies, whoever may serve it. */
    Set<NodeId> holders(Key key);

    /** Lets {@code millis} of the store's time pass. */
    void pass(long millis);

    /** Ends the store without a goodbye and opens it again on what it left behind; this object is of no use then. */
    StoreUnderTest restarted();

    @Override
    void close();
}
