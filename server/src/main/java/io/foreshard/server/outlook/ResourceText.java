package io.foreshard.server.outlook;

import io.foreshard.core.keyspace.Resource;
import io.foreshard.server.receipt.Figures;

/** Resources as people name and measure them. */
final class ResourceText {
    private ResourceText() {}

    static String name(Resource resource) {
        return switch (resource) {
            case CPU -> "CPU";
            case MEMORY -> "memory";
            case IO_OPS -> "I/O operations";
            case IO_BYTES -> "I/O bytes";
            case NETWORK -> "network";
            case DISK -> "disk";
        };
    }

    /** An amount with its unit: CPU in cores. */
    static String amount(Resource resource, double amount) {
        return switch (resource) {
            case CPU -> Figures.number(amount / 1000) + " cores";
            case MEMORY, DISK -> Figures.bytes(amount);
            case IO_OPS -> Figures.number(amount) + "/s";
            case IO_BYTES, NETWORK -> Figures.bytes(amount) + "/s";
        };
    }
}
