package io.foreshard.server.rules;

import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rule may look at: what belongs to the record and its reader, not to the single operation, so that all
 * operations on a record fall into one segment.
 *
 * @param key as text
 */
record Subject(String key, List<Tag> tags, String client) {
    static Subject of(OpEvent event) {
        return new Subject(event.key().text(), event.tags(), event.client());
    }

    /** The tags by name; of two with the same name the first counts. */
    Map<String, String> tagsByName() {
        Map<String, String> byName = new LinkedHashMap<>();
        tags.forEach(tag -> byName.putIfAbsent(tag.name(), tag.value()));
        return byName;
    }
}
