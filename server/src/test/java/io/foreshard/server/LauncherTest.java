package io.foreshard.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher with a Maven and a Java that only say what they were asked. */
final class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "foreshard");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path dir;

    private Path root = Path.of("");
    private Path launcher = Path.of("");

    @BeforeEach
    void layOutAProject() throws IOException {
        root = Files.createDirectory(dir.resolve("a project"));
        launcher = Files.copy(LAUNCHER, root.resolve("foreshard"));
        Path sources = Files.createDirectories(root.resolve("server/src/main"));
        old(Files.writeString(root.resolve("pom.xml"), ""));
        old(Files.writeString(root.resolve("server/pom.xml"), ""));
        old(Files.writeString(sources.resolve("Main.java"), ""));
        old(sources);
        script(root.resolve("mvnw"), """
                echo "[INFO] Building Foreshard server 0.1.0 [1/1]"
                echo build >> builds
                mkdir -p server/target/lib
                sleep 0.3
                echo jar > server/target/foreshard.jar
                """);
        java("17.0.15");
    }

    @Test
    void theFirstUseBuildsAndSaysSoAndTheSecondDoesNot() throws Exception {
        Output first = start(launcher, "version");
        Output second = start(launcher, "version");

        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).contains("first use, building", "[1/1] Foreshard server", "built in");
        assertThat(first.out()).contains("io.foreshard.server.Main version").doesNotContain("building");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void itStartsThroughASymbolicLinkFromAnyDirectory() throws Exception {
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("a project", "foreshard"));

        assertThat(start(link, "replay", "--oplog", "a b.csv").out())
                .contains("io.foreshard.server.Main replay --oplog a b.csv");
        assertThat(root.resolve(".foreshard-build/app/foreshard.jar")).exists();
    }

    @Test
    void newerSourcesAreBuiltAgain() throws Exception {
        start(launcher, "version");
        Files.setLastModifiedTime(
                root.resolve("server/src/main/Main.java"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));

        assertThat(start(launcher, "version").err()).contains("the sources changed, building");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void firstUsesAtTheSameTimeBuildOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(process(launcher, "version").start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("io.foreshard.server.Main version");
        }
        assertThat(builds()).isEqualTo(1);
        assertThat(Files.isSymbolicLink(root.resolve(".foreshard-build/lock"))).isFalse();
    }

    @Test
    void theLockOfABuilderThatDiedIsCleared() throws Exception {
        Files.createDirectories(root.resolve(".foreshard-build"));
        Files.createSymbolicLink(root.resolve(".foreshard-build/lock"), Path.of("999999999"));

        assertThat(start(launcher, "version").exitCode()).isZero();
    }

    @Test
    void aBuildThatFailsIsSaidWithTheLog() throws Exception {
        script(root.resolve("mvnw"), "echo '[ERROR] no such artifact'\nexit 1\n");

        Output output = start(launcher, "version");

        assertThat(output.exitCode()).isEqualTo(3);
        assertThat(output.err())
                .contains("[ERROR] no such artifact")
                .contains("the build failed (Maven exit code 1); the whole log is in ")
                .contains(".foreshard-build/build.log");
        assertThat(output.out()).isEmpty();
    }

    @Test
    void anOldJavaIsRefusedWithWhatToDo() throws Exception {
        java("11.0.2");

        Output output = start(launcher, "version");

        assertThat(output.exitCode()).isEqualTo(3);
        assertThat(output.err())
                .contains("is version 11: Foreshard needs a JDK 17 or newer. Install one, or set JAVA_HOME");
    }

    @Test
    void aReplayIsLeftToTheOptimisingCompilerAndAShortCommandIsNot() throws Exception {
        assertThat(start(launcher, "demo").out()).doesNotContain("TieredStopAtLevel");
        assertThat(start(launcher, "version").out()).contains("-XX:TieredStopAtLevel=1");
        assertThat(start(launcher, "demo", "--help").out()).contains("-XX:TieredStopAtLevel=1");
    }

    private void java(String version) throws IOException {
        Path bin = Files.createDirectories(dir.resolve("jdk/bin"));
        script(
                bin.resolve("java"),
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version
                        + "\"' >&2; else echo \"$*\"; fi\n");
        script(bin.resolve("javac"), "");
    }

    private static void script(Path file, String content) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void old(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    }

    private long builds() throws IOException {
        return Files.readAllLines(root.resolve("builds")).size();
    }

    private ProcessBuilder process(Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().putAll(Map.of("JAVA_HOME", dir.resolve("jdk").toString()));
        return builder;
    }

    private Output start(Path script, String... arguments) throws IOException, InterruptedException {
        Path err = dir.resolve("err.txt");
        Process process = process(script, arguments).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), out, Files.readString(err));
    }

    private record Output(int exitCode, String out, String err) {}
}
