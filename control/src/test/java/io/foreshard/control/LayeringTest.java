package io.foreshard.control;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** Holds the direction inside control: journal, then execution, then the loop, then what plans for it. */
final class LayeringTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.foreshard.control");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.foreshard.control.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theJournalKnowsNothingOfExecutionOrTheLoop() {
        mayNotUse("io.foreshard.control.journal..", "io.foreshard.control", "io.foreshard.control.execution..");
        mayNotUse("io.foreshard.control.journal..", "io.foreshard.control.planning..");
    }

    @Test
    void executionNeverCallsWhoPlans() {
        mayNotUse("io.foreshard.control.execution..", "io.foreshard.control", "io.foreshard.control.planning..");
        mayNotUse("io.foreshard.control.execution..", "io.foreshard.core.placement..", "io.foreshard.core.forecast..");
    }

    @Test
    void theLoopKnowsPoliciesByTheirInterfaceOnly() {
        mayNotUse("io.foreshard.control", "io.foreshard.control.planning..");
    }

    @Test
    void onlyTheJournalAndTheHistoryTouchDatabases() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages("io.foreshard.control.journal..", "io.foreshard.control.history..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.sqlite..", "org.duckdb..")
                .check(CLASSES);
    }

    @Test
    void onlyTheJournalTheOperationLogAndTheHistoryTouchFiles() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.foreshard.control.journal..",
                        "io.foreshard.control.oplog..",
                        "io.foreshard.control.history..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..")
                .check(CLASSES);
    }

    private static void mayNotUse(String from, String... to) {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .check(CLASSES);
    }
}
