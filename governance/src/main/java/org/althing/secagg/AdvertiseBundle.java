package org.althing.secagg;

import java.util.Comparator;
import java.util.List;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;

/** All A1 messages, in order of their senders' ids. */
public record AdvertiseBundle(List<Advertise> advertised) implements SetupAnnouncement {
  public AdvertiseBundle {
    Signed.checkCount("advertised keys", advertised);
    advertised = advertised.stream().sorted(Comparator.comparing(Advertise::sender)).toList();
  }

  /** T: everybody who saw these keys, and nobody who saw others, gets this digest. */
  public Digest digest() {
    return new CanonicalWriter("advertised-keys/v1")
        .putList(advertised, (w, a) -> w.putBytes(a.signedBytes()))
        .digest();
  }

  @Override
  public KeySetup.Step deliverTo(KeySetup setup) {
    return setup.on(this);
  }
}
