package io.foreshard.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code foreshard version}: what runs here. */
@Command(name = "version", header = "Print the version of Foreshard and of Java.")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PrintWriter out = session.console().out();
        for (String line : new Text().getVersion()) {
            out.println(line);
        }
        out.flush();
        return ExitCode.OK;
    }

    /** The version as {@code --version} prints it too. */
    static final class Text implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = VersionCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "foreshard " + (version == null ? "(not packaged)" : version),
                "java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}
