package org.althing.simulation;

import org.althing.federation.NodeId;
import org.althing.session.ToNode;

/** What a coordinator says instead of what an honest one would. */
@FunctionalInterface
interface Liar {
  Liar NOBODY = (node, honest) -> honest;

  ToNode instead(NodeId node, ToNode honest);
}
