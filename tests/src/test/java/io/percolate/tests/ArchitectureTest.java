package io.percolate.tests;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

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
                .definedBy("io.percolate.pipeline..")
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
}
