package io.percolate.tests.planted.modules.cli;

/** Knows nobody. */
public record Command(String name) {}
