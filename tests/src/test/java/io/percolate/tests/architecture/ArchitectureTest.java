package io.percolate.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final ImportOption WITHOUT_TESTS =
            location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(WITHOUT_TESTS).importPackages("io.percolate");

    private static final String PLANTED = "io.percolate.tests.planted";

    @Test
    void modulesDependOnlyDownwards() {
        ModuleRules.layers("io.percolate").check(CLASSES);
    }

    @Test
    void aModuleThatKnowsOneBesideOrAboveItIsFound() {
        assertThat(faults(ModuleRules.layers(PLANTED + ".modules"), planted("modules")))
                .anyMatch(fault -> fault.contains("vae.Autoencoder") && fault.contains("diffusion.Network"))
                .anyMatch(fault -> fault.contains("pipeline.Library") && fault.contains("cli.Command"));
    }

    @Test
    void anEmptyModuleIsFound() {
        JavaClasses withoutCommands = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/cli/"))
                .withImportOptions(List.of(WITHOUT_TESTS))
                .importPackages("io.percolate");
        assertThat(faults(ModuleRules.layers("io.percolate"), withoutCommands)).contains("Layer 'cli' is empty");
    }

    @Test
    void packagesFormNoCircles() {
        ModuleRules.noCircles("io.percolate").check(CLASSES);
    }

    @Test
    void aCircleBetweenAPackageAndOneBelowItIsFound() {
        assertThat(faults(ModuleRules.noCircles("io.percolate"), planted("circle")))
                .hasSize(1)
                .allMatch(fault -> fault.startsWith("Cycle detected"));
    }

    @Test
    void autoencoderAndDiffusionMeetOnlyAsATensor() {
        forbid("io.percolate.vae..", "io.percolate.diffusion..");
        forbid("io.percolate.diffusion..", "io.percolate.vae..");
    }

    @Test
    void layersAndTensorFilesDoNotKnowEachOther() {
        forbid("io.percolate.nn..", "io.percolate.weights..");
        forbid("io.percolate.weights..", "io.percolate.nn..");
    }

    @Test
    void onlyLayersTouchTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.percolate.nn..", "ai.djl.pytorch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..")
                .check(CLASSES);
    }

    @Test
    void onlyScriptModuleGoesThroughTheDoorToTorchScript() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("ScriptModule")
                .and()
                .resideInAPackage("io.percolate..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("ai\\.djl\\.pytorch\\.jni\\.(IValue|IValueUtils|PercolateJni).*")
                .check(CLASSES);
    }

    /** An array of NDManager's lasts no longer than its handle; weights maps files, whose arrays the caller keeps. */
    @Test
    void onlyTorchArrayTakesNumbersFromJava() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("TorchArray")
                .and()
                .haveSimpleNameNotStartingWith("EngineArrays")
                .should()
                .accessTargetWhere(EngineCalls.FROM_JAVA_DATA)
                .check(CLASSES);
    }

    /** NDArray makes an array of Java's memory for the number, and autograd remembers it. */
    @Test
    void numbersReachArraysThroughAten() {
        noClasses().should().accessTargetWhere(EngineCalls.WITH_A_NUMBER).check(CLASSES);
    }

    /** Whoever makes one says where its arrays are, or passes on where others are. */
    @Test
    void rootManagersHaveADevice() {
        noClasses().should().accessTargetWhere(EngineCalls.WITHOUT_A_DEVICE).check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils|Util|Helper|Manager)")
                .check(CLASSES);
    }

    private static JavaClasses planted(String name) {
        return new ClassFileImporter().importPackages(PLANTED + "." + name);
    }

    private static List<String> faults(ArchRule rule, JavaClasses classes) {
        return rule.evaluate(classes).getFailureReport().getDetails();
    }

    private static void forbid(String from, String to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(to)
                .check(CLASSES);
    }
}
