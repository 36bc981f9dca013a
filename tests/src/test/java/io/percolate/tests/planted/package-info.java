/** Code that breaks the architecture's rules, so that the tests of the rules have something to find. */
package io.percolate.tests.planted;
