package io.percolate.tests.planted.modules.pipeline;

import io.percolate.tests.planted.modules.cli.Command;

/** Knows the module above it. */
public record Library(Command command) {}
