package io.foreshard.core.forecast.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.testkit.seeded.Seeded;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class NonNegativeLeastSquaresTest {
    @Test
    void anUnknownThatWouldBeNegativeIsZeroAndTheOthersFitAgain() {
        // Unbound, x would be (2, -1); bound, the first column alone fits best with 1.5.
        double[] x = NonNegativeLeastSquares.solve(new double[][] {{2, 1}, {1, 2}}, new double[] {3, 0});

        assertThat(x[0]).isCloseTo(1.5, within(1e-12));
        assertThat(x[1]).isZero();
    }

    @Test
    void aColumnOfZerosAndACopyOfAColumnAreHarmless() {
        double[] zero = NonNegativeLeastSquares.solve(new double[][] {{4, 0}, {0, 0}}, new double[] {8, 0});
        double[] copy = NonNegativeLeastSquares.solve(new double[][] {{4, 4}, {4, 4}}, new double[] {8, 8});

        assertThat(zero).containsExactly(2, 0);
        assertThat(copy[0] + copy[1]).isCloseTo(2, within(1e-9));
    }

    /** Karush-Kuhn-Tucker: x >= 0, gradient >= 0, and one of the two is zero everywhere. */
    @Seeded(tries = 200)
    void noNonNegativeSolutionIsBetter(RandomGenerator random) {
        int unknowns = random.nextInt(1, 8);
        int rows = random.nextInt(unknowns, 30);
        double[][] gram = new double[unknowns][unknowns];
        double[] target = new double[unknowns];
        for (int r = 0; r < rows; r++) {
            double b = random.nextGaussian();
            double[] row = random.doubles(unknowns, -1, 1).toArray();
            for (int i = 0; i < unknowns; i++) {
                target[i] += row[i] * b;
                for (int j = 0; j < unknowns; j++) {
                    gram[i][j] += row[i] * row[j];
                }
            }
        }

        double[] x = NonNegativeLeastSquares.solve(gram, target);

        for (int i = 0; i < unknowns; i++) {
            double gradient = -target[i];
            for (int j = 0; j < unknowns; j++) {
                gradient += gram[i][j] * x[j];
            }
            assertThat(x[i]).isNotNegative();
            assertThat(gradient).isGreaterThan(-1e-6);
            assertThat(x[i] * gradient).isCloseTo(0, within(1e-6));
        }
    }
}
