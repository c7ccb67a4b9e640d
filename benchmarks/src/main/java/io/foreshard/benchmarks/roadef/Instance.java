package io.foreshard.benchmarks.roadef;

import java.io.IOException;
import java.nio.file.Path;

/** One instance of the challenge, in the file's own terms. */
final class Instance {
    int resources;
    boolean[] transients = {};
    double[] loadWeight = {};

    int machines;
    int[] neighbourhood = {};
    int[] location = {};
    /** {@code [machines x resources]}. */
    double[] capacity = {};
    /** {@code [machines x resources]}. */
    double[] safetyCapacity = {};
    /** {@code [machines x machines]}. */
    int[] machineMoveCost = {};

    int services;
    int[] spreadMin = {};
    /** {@code [services]}: the services that each depends on. */
    int[][] dependencies = {};

    int processes;
    int[] serviceOf = {};
    /** {@code [processes x resources]}. */
    double[] requirement = {};

    double[] processMoveCost = {};

    Balance[] balances = {};
    double processMoveWeight;
    double serviceMoveWeight;
    double machineMoveWeight;

    int[] initial = {};

    /** For {@code target} times what is left of the first resource, there should be as much left of the second. */
    record Balance(int first, int second, double target, double weight) {}

    private Instance() {}

    static Instance read(Path model, Path initial) throws IOException {
        Instance instance = new Instance();
        try (NumberReader in = new NumberReader(model)) {
            instance.readResources(in);
            instance.readMachines(in);
            instance.readServices(in);
            instance.readProcesses(in);
            instance.readCosts(in);
            requireEnd(in);
        } catch (ArithmeticException | IOException e) {
            throw new IOException(model + ": " + e.getMessage(), e);
        }
        try (NumberReader in = new NumberReader(initial)) {
            instance.initial = in.nextInts(instance.processes);
            requireEnd(in);
        } catch (ArithmeticException | IOException e) {
            throw new IOException(initial + ": " + e.getMessage(), e);
        }
        for (int p = 0; p < instance.processes; p++) {
            if (instance.initial[p] >= instance.machines) {
                throw new IOException(initial + ": process " + p + " is on machine " + instance.initial[p]
                        + ", but there are " + instance.machines);
            }
        }
        return instance;
    }

    private static void requireEnd(NumberReader in) throws IOException {
        if (!in.atEnd()) {
            throw new IOException("there is more in the file than was expected");
        }
    }

    private void readResources(NumberReader in) throws IOException {
        resources = in.nextInt();
        transients = new boolean[resources];
        loadWeight = new double[resources];
        for (int r = 0; r < resources; r++) {
            transients[r] = in.nextInt() != 0;
            loadWeight[r] = in.next();
        }
    }

    private void readMachines(NumberReader in) throws IOException {
        machines = in.nextInt();
        neighbourhood = new int[machines];
        location = new int[machines];
        capacity = new double[machines * resources];
        safetyCapacity = new double[machines * resources];
        machineMoveCost = new int[machines * machines];
        for (int m = 0; m < machines; m++) {
            neighbourhood[m] = in.nextInt();
            location[m] = in.nextInt();
            for (int r = 0; r < resources; r++) {
                capacity[m * resources + r] = in.next();
            }
            for (int r = 0; r < resources; r++) {
                safetyCapacity[m * resources + r] = in.next();
            }
            for (int k = 0; k < machines; k++) {
                machineMoveCost[m * machines + k] = in.nextInt();
            }
        }
    }

    private void readServices(NumberReader in) throws IOException {
        services = in.nextInt();
        spreadMin = new int[services];
        dependencies = new int[services][];
        for (int s = 0; s < services; s++) {
            spreadMin[s] = in.nextInt();
            dependencies[s] = in.nextInts(in.nextInt());
        }
    }

    private void readProcesses(NumberReader in) throws IOException {
        processes = in.nextInt();
        serviceOf = new int[processes];
        requirement = new double[processes * resources];
        processMoveCost = new double[processes];
        for (int p = 0; p < processes; p++) {
            serviceOf[p] = in.nextInt();
            for (int r = 0; r < resources; r++) {
                requirement[p * resources + r] = in.next();
            }
            processMoveCost[p] = in.next();
        }
    }

    private void readCosts(NumberReader in) throws IOException {
        balances = new Balance[in.nextInt()];
        for (int b = 0; b < balances.length; b++) {
            balances[b] = new Balance(in.nextInt(), in.nextInt(), in.next(), in.next());
        }
        processMoveWeight = in.next();
        serviceMoveWeight = in.next();
        machineMoveWeight = in.next();
    }
}
