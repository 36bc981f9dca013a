package io.percolate.pipeline.comparison;

import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.comparison.arms.Captions;
import io.percolate.pipeline.comparison.report.ArmReport;
import io.percolate.pipeline.comparison.report.ComparisonReport;
import io.percolate.pipeline.comparison.report.Gallery;
import io.percolate.pipeline.comparison.report.QualityPoint;
import io.percolate.pipeline.comparison.report.ReportFiles;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.images.ImageTransform;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Gathers the images that a report shows: those of each arm's first run. */
record ReportImages(RunContext context) {

    private static final int SUBJECTS = 8;

    /** Writes the report with its images. */
    void write(ComparisonReport report) {
        new ReportFiles(context.settings().out(), report, gallery(report)).write();
    }

    private Gallery gallery(ComparisonReport report) {
        ArmSampling shown = context.sampling().first(SUBJECTS);
        return new Gallery(
                subjects(shown, context.settings().arms(), ArmRun::images),
                trained(),
                byArm(run -> along(run, report.arms().get(run.name()))),
                reconstructions(shown.subjects().size()),
                byArm(run -> nearest(report.arms().get(run.name()))),
                byArm(arms(arm -> arm.model().boundedLoss().isPresent()), new RateStage(context)::film),
                byArm(ArmRun::folder));
    }

    private Optional<Gallery.Subjects> trained() {
        List<ArmRecipe> told = arms(arm -> arm.model().captions() == Captions.READ);
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(subjects(context.samplingKnown().first(SUBJECTS), told, ArmRun::imagesOfTrained));
    }

    private Gallery.Subjects subjects(ArmSampling shown, List<ArmRecipe> arms, Function<ArmRun, Path> folder) {
        return new Gallery.Subjects(
                shown.subjects().stream().map(ImageEntry::caption).toList(),
                ComparedImages.read(shown.subjects(), context.settings().resolution()),
                byArm(arms, run -> shown.read(folder.apply(run))));
    }

    private List<BufferedImage> nearest(ArmReport arm) {
        ImageTransform transform = ImageTransform.square(context.settings().resolution());
        Path data = context.settings().data();
        return arm.first().nearest().files().stream()
                .limit(SUBJECTS)
                .map(file -> transform.read(data.resolve(file)))
                .toList();
    }

    private Map<Double, List<BufferedImage>> along(ArmRun run, ArmReport arm) {
        ArmSampling shown = context.samplingAlong().first(SUBJECTS);
        Map<Double, List<BufferedImage>> along = new TreeMap<>();
        arm.first().along().stream()
                .map(QualityPoint::spent)
                .filter(spent -> spent > 0)
                .forEach(spent -> along.put(spent, shown.read(run.images(spent))));
        return along;
    }

    private Map<String, List<BufferedImage>> reconstructions(int count) {
        Map<String, List<BufferedImage>> all = new LinkedHashMap<>();
        for (ArmRecipe arm : context.settings().arms()) {
            arm.autoencoder()
                    .map(choice -> choice.folder(context.settings().out()))
                    .ifPresent(folder -> all.put(
                            arm.name(), context.meter().reconstructions(folder).subList(0, count)));
        }
        return all;
    }

    private List<ArmRecipe> arms(Predicate<ArmRecipe> which) {
        return context.settings().arms().stream().filter(which).toList();
    }

    private <T> Map<String, T> byArm(Function<ArmRun, T> what) {
        return byArm(context.settings().arms(), what);
    }

    private <T> Map<String, T> byArm(List<ArmRecipe> arms, Function<ArmRun, T> what) {
        Path out = context.settings().out();
        return arms.stream()
                .collect(Collectors.toMap(
                        ArmRecipe::name,
                        arm -> what.apply(new ArmRun(arm, 0, out)),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }
}
