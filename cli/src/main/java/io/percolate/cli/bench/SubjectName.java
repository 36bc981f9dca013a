package io.percolate.cli.bench;

import io.percolate.command.options.ConstantName;

/** Reads the name of what is measured, such as {@code train_vae}. */
final class SubjectName extends ConstantName<Subject> {

    SubjectName() {
        super(Subject.class, "subject");
    }
}
