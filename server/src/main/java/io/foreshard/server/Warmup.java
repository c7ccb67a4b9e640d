package io.foreshard.server;

import io.foreshard.server.cli.Console;
import io.foreshard.server.cli.ForeshardCommand;
import io.foreshard.server.cli.Session;
import io.foreshard.simulator.replay.Replay;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Walks once through what every command does at its start, so that the launcher can keep those classes in an archive.
 * Run by the launcher at the end of a build, never by people.
 */
public final class Warmup {
    private Warmup() {}

    public static void main(String[] arguments) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Session session = new Session(
                new Console(nowhere, nowhere, false, false, 80),
                (request, listener, stopAsked) -> new Replay(request, listener, stopAsked).run(),
                InstantSource.fixed(Instant.EPOCH),
                () -> false);
        for (String[] command : new String[][] {
            {"--help"},
            {"help", "replay"},
            {"version"},
            {"demo", "--help"},
            {"plan", "--snapshot", "no-such-file.json"},
            {"replay", "--oplog", "no-such-file.csv", "--tag-rule", "tenant=key.split(\"/\")[0]"}
        }) {
            ForeshardCommand.run(session, command);
        }
    }
}
