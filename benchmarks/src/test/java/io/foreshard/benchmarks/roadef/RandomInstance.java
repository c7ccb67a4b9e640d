package io.foreshard.benchmarks.roadef;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/** Small instances of the challenge, in its format; the initial assignment keeps all rules. */
final class RandomInstance {
    private static final int MACHINES = 6;
    private static final int RESOURCES = 3;
    private static final int SERVICES = 6;
    private static final int PROCESSES = 12;

    private final Path model;
    private final Path initial;

    RandomInstance(Path directory, RandomGenerator random) throws IOException {
        int[] machineOf = new int[PROCESSES];
        int[] serviceOf = new int[PROCESSES];
        int[][] needed = new int[PROCESSES][RESOURCES];
        int[][] used = new int[MACHINES][RESOURCES];
        for (int p = 0; p < PROCESSES; p++) {
            // One process per service and machine, and each service in every third of the machines or in all.
            serviceOf[p] = p % SERVICES;
            machineOf[p] = (p % SERVICES + 2 * (p / SERVICES)) % MACHINES;
            for (int r = 0; r < RESOURCES; r++) {
                needed[p][r] = random.nextInt(100);
                used[machineOf[p]][r] += needed[p][r];
            }
        }
        StringJoiner text = new StringJoiner("\n", "", "\n");
        text.add("" + RESOURCES).add("1 10").add("0 " + random.nextInt(20)).add("0 5");
        text.add("" + MACHINES);
        for (int m = 0; m < MACHINES; m++) {
            StringJoiner line = new StringJoiner(" ");
            line.add("" + m % 2).add("" + m % 3);
            for (int r = 0; r < RESOURCES; r++) {
                line.add("" + (used[m][r] + random.nextInt(300)));
            }
            for (int r = 0; r < RESOURCES; r++) {
                line.add("" + random.nextInt(1 + used[m][r]));
            }
            for (int k = 0; k < MACHINES; k++) {
                line.add("" + (k == m ? 0 : 1 + random.nextInt(3)));
            }
            text.add(line.toString());
        }
        text.add("" + SERVICES);
        for (int s = 0; s < SERVICES; s++) {
            // Machines of one service are all even or all odd, which is what neighbourhoods are: pairs may depend.
            text.add("2 " + (s >= 2 ? "1 " + (s - 2) : "0"));
        }
        text.add("" + PROCESSES);
        for (int p = 0; p < PROCESSES; p++) {
            text.add(serviceOf[p] + " " + needed[p][0] + " " + needed[p][1] + " " + needed[p][2] + " "
                    + random.nextInt(5));
        }
        text.add("1").add("0 1 2").add("3").add("1 10 5");
        model = Files.writeString(directory.resolve("model.txt"), text.toString());
        StringJoiner machines = new StringJoiner(" ");
        for (int machine : machineOf) {
            machines.add("" + machine);
        }
        initial = Files.writeString(directory.resolve("initial.txt"), machines.toString());
    }

    Path model() {
        return model;
    }

    Path initial() {
        return initial;
    }
}
