package io.foreshard.control.oplog;

import io.foreshard.core.workload.OpKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What stores call their operations, and the kind each of them is. */
public final class OperationNames {
    private static final Map<OpKind, List<String>> NAMES = Map.of(
            OpKind.GET, List.of("get", "gets", "read", "select", "exists", "head"),
            OpKind.MULTI_GET, List.of("multi_get", "multiget", "mget", "batch_get"),
            OpKind.SCAN, List.of("scan", "range", "list"),
            OpKind.PUT,
                    List.of(
                            "put",
                            "set",
                            "insert",
                            "update",
                            "upsert",
                            "write",
                            "add",
                            "replace",
                            "append",
                            "prepend",
                            "cas",
                            "incr",
                            "decr",
                            "increment",
                            "touch"),
            OpKind.DELETE, List.of("delete", "del", "remove"));

    private static final Map<String, OpKind> KINDS = byName();

    private OperationNames() {}

    private static Map<String, OpKind> byName() {
        Map<String, OpKind> kinds = new TreeMap<>();
        NAMES.forEach((kind, names) -> names.forEach(name -> kinds.put(name, kind)));
        return Map.copyOf(kinds);
    }

    /** The kind of the operation called {@code name}, in any case. */
    public static Optional<OpKind> kindOf(String name) {
        return Optional.ofNullable(KINDS.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The names of one kind of operation, in lower case. */
    public static List<String> of(OpKind kind) {
        return NAMES.getOrDefault(kind, List.of());
    }

    /** Every name known, grouped by kind: the text of errors and of the reference. */
    public static String known() {
        List<String> all = new ArrayList<>();
        for (OpKind kind : OpKind.values()) {
            all.add(String.join("/", NAMES.getOrDefault(kind, List.of())));
        }
        return String.join(", ", all);
    }
}
