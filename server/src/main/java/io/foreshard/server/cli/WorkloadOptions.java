package io.foreshard.server.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is replayed, and how it is told apart. */
final class WorkloadOptions {
    @Option(
            names = "--oplog",
            paramLabel = "FILE",
            description =
                    "The operation log (required): CSV, plain or gzip, with a header of timestamp_ms,op,key and optionally"
                            + " tags,client,bytes,txn.")
    @Nullable
    Path oplog;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = MomentText.class,
            description = "Leave out what is before: 2024-03-18, 2024-03-18T09:30 (UTC), with an offset, or epoch ms.")
    @Nullable
    Instant from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = MomentText.class,
            description = "Leave out this moment and what is after.")
    @Nullable
    Instant until;

    @Option(
            names = "--strict",
            description = "A row that cannot be used is an error. Without it such rows are skipped and reported.")
    boolean strict;

    @Option(
            names = "--segment-by",
            paramLabel = "TAG",
            split = ",",
            defaultValue = "tenant",
            description = "The tags whose values make a segment, the unit of forecasts (default: ${DEFAULT-VALUE})."
                    + " Several: tenant,type.")
    List<String> segmentBy = List.of();

    @Option(
            names = "--tag-rule",
            paramLabel = "RULE",
            description =
                    "Derive a tag that the log does not carry: 'tenant=key.split(\"/\")[0]' (a CEL expression over"
                            + " key, client, tags) or 'tenant~^([^/]+)/' (a regular expression on the key). May be repeated.")
    List<String> tagRules = List.of();

    @Option(
            names = "--segment-limit",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many segments are told apart; the rest counts as one, 'other', and the run says so"
                    + " (default: ${DEFAULT-VALUE}).")
    int segmentLimit;
}
