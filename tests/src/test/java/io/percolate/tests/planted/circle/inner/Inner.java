package io.percolate.tests.planted.circle.inner;

import io.percolate.tests.planted.circle.Outer;

/** Knows the package above, which knows this one. */
public record Inner(Outer outer) {}
