/** Rules about the code itself: who knows whom, how long things are, which words they use. */
package io.percolate.tests.architecture;
