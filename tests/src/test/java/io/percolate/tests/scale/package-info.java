/** A simulation of trainings on more machines than there are here, whose numbers {@code docs/scale.md} has. */
package io.percolate.tests.scale;
