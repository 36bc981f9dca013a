package io.percolate.tests.planted.circle;

import io.percolate.tests.planted.circle.inner.Inner;

/** Knows a package below, which knows this one. */
public record Outer(Inner inner) {}
