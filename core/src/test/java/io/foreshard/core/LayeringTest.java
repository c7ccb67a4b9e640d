package io.foreshard.core;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the one direction: a stage imports only stages to its left, and the core does no I/O. */
final class LayeringTest {
    private static final List<String> STAGES =
            List.of("keyspace", "workload", "forecast", "placement", "plan", "engine");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.foreshard.core");

    @Test
    void aStageImportsOnlyStagesToItsLeft() {
        for (int i = 0; i < STAGES.size(); i++) {
            for (String right : STAGES.subList(i + 1, STAGES.size())) {
                ArchRuleDefinition.noClasses()
                        .that()
                        .resideInAPackage("io.foreshard.core." + STAGES.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.foreshard.core." + right + "..")
                        .check(CLASSES);
            }
        }
    }

    @Test
    void stagesHaveNoCycles() {
        slices().matching("io.foreshard.core.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theCoreDoesNoInputOrOutputAndStartsNoThreads() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.sql..", "org.slf4j..")
                .check(CLASSES);
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(CLASSES);
    }
}
