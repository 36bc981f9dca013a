/** Trainings that are killed at any moment, disks that are full: what was there before is still there. */
package io.percolate.tests.faults;
