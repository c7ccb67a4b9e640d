package io.foreshard.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventGroupsTest {
    @Test
    void operationsOfOneTransactionThatFollowEachOtherAreOneGroup() {
        assertThat(sizes("", "", "t", "t", "t", "u", "", "t")).containsExactly(1, 1, 3, 1, 1, 1);
        assertThat(sizes()).isEmpty();
        assertThat(sizes("t")).containsExactly(1);
    }

    @Test
    void aHugeTransactionIsCarriedOutInParts() {
        String[] all = new String[EventGroups.SIZE_MAX + 5];
        java.util.Arrays.fill(all, "t");
        assertThat(sizes(all)).containsExactly(EventGroups.SIZE_MAX, 5);
    }

    private static List<Integer> sizes(String... transactions) {
        List<OpEvent> events = new ArrayList<>();
        for (String transaction : transactions) {
            events.add(new OpEvent(events.size(), OpKind.PUT, Key.utf8("k"), List.of(), "", 1, transaction));
        }
        List<Integer> sizes = new ArrayList<>();
        new EventGroups(events.iterator()).forEachRemaining(group -> sizes.add(group.size()));
        return sizes;
    }
}
