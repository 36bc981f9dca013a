package io.percolate.studio.work;

import java.util.Collection;

/** A request that names a model, LoRA or ControlNet that a server does not offer; the message has the names that it does. */
public final class UnknownNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnknownNameException(String kind, Collection<String> known) {
        super("there is no " + kind + " of this name, choose one of: " + String.join(", ", known));
    }
}
