package org.althing.secagg;

/**
 * What the coordinator sends during a key set-up; unsigned, every word of it is checked by the
 * node.
 */
public sealed interface SetupAnnouncement permits AdvertiseBundle, BindBundle {
  /** Offers this to a node's machine by its own overload. */
  KeySetup.Step deliverTo(KeySetup setup);
}
