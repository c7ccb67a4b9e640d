package io.foreshard.server;

import io.foreshard.server.cli.Console;
import io.foreshard.server.cli.ForeshardCommand;
import io.foreshard.server.cli.Session;
import io.foreshard.simulator.replay.Replay;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Where the process starts and ends. */
@RealTime
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = utf8(System.out);
        PrintWriter err = utf8(System.err);
        StopRequest stop = new StopRequest(Thread.currentThread());
        Session session = new Session(
                Console.ofSystem(out, err),
                (request, listener, stopAsked) -> new Replay(request, listener, stopAsked).run(),
                Clock.systemUTC(),
                stop::isRequested);
        stop.listen();
        int code = ForeshardCommand.run(session, arguments);
        out.flush();
        err.flush();
        stop.commandEnded();
        // While the process is ending, exit() would wait for itself; its code is then the signal's.
        if (!stop.isRequested()) {
            System.exit(code);
        }
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), false);
    }
}
