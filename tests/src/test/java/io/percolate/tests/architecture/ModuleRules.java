package io.percolate.tests.architecture;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/** Which packages may know which, below a root package. */
final class ModuleRules {

    private ModuleRules() {}

    /** The modules depend downwards only, {@code vae} and {@code diffusion} not on each other, and none is empty. */
    static ArchRule layers(String root) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("nn")
                .definedBy(root + ".nn..")
                .layer("files")
                .definedBy(root + ".files..")
                .layer("weights")
                .definedBy(root + ".weights..")
                .layer("vae")
                .definedBy(root + ".vae..")
                .layer("diffusion")
                .definedBy(root + ".diffusion..")
                .layer("conditioning")
                .definedBy(root + ".conditioning..")
                .layer("pipeline")
                .definedBy(root + ".pipeline..")
                .layer("command")
                .definedBy(root + ".command..")
                .layer("cli")
                .definedBy(root + ".cli..")
                .layer("cluster")
                .definedBy(root + ".cluster..")
                .layer("studio")
                .definedBy(root + ".studio..")
                .layer("frameworks")
                .definedBy(root + ".frameworks..")
                .whereLayer("nn")
                .mayNotAccessAnyLayer()
                .whereLayer("files")
                .mayNotAccessAnyLayer()
                .whereLayer("weights")
                .mayOnlyAccessLayers("files")
                .whereLayer("vae")
                .mayOnlyAccessLayers("nn", "files", "weights")
                .whereLayer("diffusion")
                .mayOnlyAccessLayers("nn", "files", "weights")
                .whereLayer("conditioning")
                .mayOnlyAccessLayers("nn", "files", "weights", "diffusion")
                .whereLayer("command")
                .mayOnlyBeAccessedByLayers("cli", "cluster", "studio")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cluster")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("studio")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("frameworks")
                .mayOnlyAccessLayers("nn", "pipeline");
    }

    /** Every package is a slice of its own, so a package and the one that it lies in may not know each other, either. */
    static ArchRule noCircles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }
}
