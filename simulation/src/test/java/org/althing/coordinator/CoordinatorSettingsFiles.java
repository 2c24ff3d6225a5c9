package org.althing.coordinator;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.fuzz.FuzzTarget;
import org.althing.fuzz.SettingsFolder;

/** A coordinator's configuration file. */
public final class CoordinatorSettingsFiles implements FuzzTarget {
  private final SettingsFolder folder = new SettingsFolder();

  @Override
  public boolean take(byte[] input) throws IOException {
    return folder.accepts(input, CoordinatorSettings::read);
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    seeds.put(
        "coordinator",
        """
        althing: coordinator/v1
        listen: {grpc: "127.0.0.1:8443", http: "127.0.0.1:0"}
        tls: {cert: c.pem, key: c.pem, ca: c.pem}
        roster: roster.yaml
        log_key: seed
        state: state
        origin: coordinator.example/althing
        patience: {phase_seconds: 60, rejoin_seconds: 600, quorum_seconds: 5, witness_seconds: 30}
        """
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of(
        "althing: coordinator/v1",
        "listen: ",
        "grpc: ",
        "http: ",
        "tls: ",
        "cert: ",
        "key: ",
        "ca: ",
        "roster: ",
        "log_key: ",
        "state: ",
        "origin: ",
        "patience: ",
        "phase_seconds: ",
        "\"\\0\"",
        "\"\\x00\"",
        ":99999",
        "[::1]:1",
        "[",
        "..",
        "/",
        "c.pem",
        "seed",
        ".",
        "~",
        "+");
  }

  @Override
  public Allowance allowance() {
    return new Allowance(4 << 20, 5000);
  }
}
