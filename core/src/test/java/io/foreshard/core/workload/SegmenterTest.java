package io.foreshard.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.keyspace.Tag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SegmenterTest {
    private static final TagRule TENANT_FROM_KEY = new TagRule() {
        @Override
        public String tagName() {
            return "tenant";
        }

        @Override
        public Optional<String> valueFor(OpEvent event) {
            int slash = event.key().text().indexOf('/');
            return slash < 0 ? Optional.empty() : Optional.of(event.key().text().substring(0, slash));
        }
    };

    @Test
    void aTagOfTheOperationWinsOverARule() {
        Segmenter segmenter = new Segmenter(List.of("tenant"), List.of(TENANT_FROM_KEY), 10);
        assertThat(segmenter.segmentOf(event("acme/1", new Tag("tenant", "globex"))))
                .isEqualTo(Segment.of("tenant", "globex"));
        assertThat(segmenter.segmentOf(event("acme/1"))).isEqualTo(Segment.of("tenant", "acme"));
        assertThat(segmenter.segmentOf(event("plain"))).isEqualTo(Segment.of("tenant", Segmenter.UNTAGGED));
    }

    @Test
    void severalTagsMakeOneSegmentInTheOrderAskedFor() {
        Segmenter segmenter = new Segmenter(List.of("type", "tenant"), List.of(TENANT_FROM_KEY), 10);
        assertThat(segmenter.segmentOf(event("acme/1", new Tag("type", "order"))))
                .hasToString("type=order;tenant=acme");
    }

    @Test
    void segmentsBeyondTheLimitAreCountedAsOtherAndTheFirstOnesStay() {
        Segmenter segmenter = new Segmenter(List.of("tenant"), List.of(TENANT_FROM_KEY), 2);
        segmenter.segmentOf(event("a/1"));
        segmenter.segmentOf(event("b/1"));
        assertThat(segmenter.segmentOf(event("c/1"))).isEqualTo(Segment.OTHER);
        assertThat(segmenter.segmentOf(event("a/2"))).isEqualTo(Segment.of("tenant", "a"));
        assertThat(segmenter.operationsBeyondLimit()).isEqualTo(1);
    }

    @Test
    void noSegmentingTagAndARepeatedOneAreRefused() {
        assertThatThrownBy(() -> new Segmenter(List.of(), List.of(), 1)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Segmenter(List.of("a", "a"), List.of(), 1)).hasMessageContaining("none twice");
    }

    private static OpEvent event(String key, Tag... tags) {
        return new OpEvent(0, OpKind.GET, Key.utf8(key), List.of(tags), "", 1, "");
    }
}
