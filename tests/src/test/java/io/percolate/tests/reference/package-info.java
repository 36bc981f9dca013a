/**
 * The reference suite: the same numbers as everybody else.
 *
 * <p>The directory given by the system property {@code percolate.reference} is searched for cases by the names of
 * their files (its {@code README.md} says which); every case is a test of its own, named after its folder. Nothing
 * about a case is known in advance. What Percolate cannot do yet is skipped and printed, by name.
 */
package io.percolate.tests.reference;
