/**
 * What becomes of broken files, long use, threads that are stopped at random, and too little memory: each a short test
 * and a long command. {@code docs/robustness.md} says how to start the commands, and what they found.
 */
package io.percolate.tests.robustness;
