package io.percolate.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.percolate");

    @Test
    void modulesDependOnlyDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("nn")
                .definedBy("io.percolate.nn..")
                .layer("weights")
                .definedBy("io.percolate.weights..")
                .layer("vae")
                .definedBy("io.percolate.vae..")
                .layer("diffusion")
                .definedBy("io.percolate.diffusion..")
                .layer("conditioning")
                .definedBy("io.percolate.conditioning..")
                .layer("pipeline")
                .definedBy("io.percolate.pipeline..", "io.percolate.cli..")
                .whereLayer("pipeline")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("conditioning")
                .mayOnlyBeAccessedByLayers("pipeline")
                .whereLayer("diffusion")
                .mayOnlyBeAccessedByLayers("conditioning", "pipeline")
                .whereLayer("vae")
                .mayOnlyBeAccessedByLayers("pipeline")
                .whereLayer("nn")
                .mayOnlyBeAccessedByLayers("vae", "diffusion", "conditioning", "pipeline")
                .whereLayer("weights")
                .mayOnlyBeAccessedByLayers("vae", "diffusion", "conditioning", "pipeline")
                .check(CLASSES);
    }

    @Test
    void topLevelPackagesFormNoCycles() {
        slices().matching("io.percolate.(*)..").should().beFreeOfCycles().check(CLASSES);
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

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils|Util|Helper|Manager)")
                .check(CLASSES);
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
