/** Many clients of one server at a time. */
package io.percolate.tests.load;
