package io.percolate.cluster.session;

/** Two executors on this machine, processes of their own with a core each. */
public final class LocalCluster {

    private LocalCluster() {}

    /** Starts them; whoever asks for it closes it. */
    public static ClusterSession open() {
        Master master = Master.of("local-cluster[2,1,512]");
        return ClusterSession.open("test", master, master.settings(1));
    }
}
