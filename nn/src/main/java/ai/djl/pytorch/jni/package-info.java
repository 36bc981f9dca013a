/** One class in DJL's own package, for a native call that is package-private there. */
package ai.djl.pytorch.jni;
