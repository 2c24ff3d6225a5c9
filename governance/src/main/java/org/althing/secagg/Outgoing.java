package org.althing.secagg;

import org.althing.federation.NodeId;

/** An announcement of the coordinator and the one node it is for. */
public record Outgoing<A>(NodeId to, A announcement) {}
