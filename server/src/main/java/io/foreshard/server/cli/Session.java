package io.foreshard.server.cli;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * What every command is given.
 *
 * @param stopRequested whether somebody pressed Ctrl-C; asked often
 */
public record Session(Console console, ReplayService replays, InstantSource clock, BooleanSupplier stopRequested) {}
