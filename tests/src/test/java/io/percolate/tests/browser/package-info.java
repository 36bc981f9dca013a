/** Pages in a real browser, where there is one. */
package io.percolate.tests.browser;
