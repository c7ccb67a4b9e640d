/** What every engine is tested against: the contract, and an engine in memory whose faults are chosen by the test. */
@NullMarked
package io.foreshard.testkit;

import org.jspecify.annotations.NullMarked;
