package io.foreshard.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.engine.Engine;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.testkit.EngineContract;
import io.foreshard.testkit.StoreUnderTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedEngineContractTest extends EngineContract {
    @TempDir
    private Path directory;

    @Override
    protected StoreUnderTest create(List<NodeId> nodes, List<Key> borders, List<NodeId> owners) {
        EmbeddedOptions options = new EmbeddedOptions(
                directory.resolve("store"),
                "t",
                nodes.stream().map(id -> NodeSpec.unlimited(id.name())).toList(),
                borders,
                owners,
                Stores.byTenant(),
                EmbeddedOptions.Tuning.DEFAULTS);
        return new EmbeddedStore(options, new VirtualStoreClock(1_000_000));
    }

    private static final class EmbeddedStore implements StoreUnderTest {
        private final EmbeddedOptions options;
        private final VirtualStoreClock clock;
        private final EmbeddedEngine engine;
        private final StoreClient client;

        EmbeddedStore(EmbeddedOptions options, VirtualStoreClock clock) {
            this.options = options;
            this.clock = clock;
            this.engine = EmbeddedEngine.open(options, clock);
            this.client = engine.client();
        }

        @Override
        public Engine engine() {
            return engine;
        }

        @Override
        public void put(Key key, byte[] value) {
            assertThat(client.put(key, List.of(), value).status()).isEqualTo(OpStatus.OK);
        }

        @Override
        public Optional<byte[]> get(Key key) {
            return client.get(key).value();
        }

        @Override
        public boolean answers(Partition seen) {
            return client.isServed(seen);
        }

        @Override
        public Set<NodeId> holders(Key key) {
            return engine.holders(key);
        }

        @Override
        public void pass(long millis) {
            clock.moveTo(clock.millis() + millis);
        }

        @Override
        public StoreUnderTest restarted() {
            engine.close();
            return new EmbeddedStore(options, clock);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
