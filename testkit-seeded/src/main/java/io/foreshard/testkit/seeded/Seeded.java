package io.foreshard.testkit.seeded;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test once per seed and hands it the seed's random stream as a {@link java.util.random.RandomGenerator}
 * parameter (or the seed itself as a {@code long}).
 *
 * <p>A failing invocation is named by its seed; {@code -Dseed=7} replays that one alone.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeededInvocations.class)
public @interface Seeded {
    /** How many seeds, counted from 1, the test runs with. */
    int tries() default 100;
}
