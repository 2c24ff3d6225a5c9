package org.althing.node;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.fuzz.FuzzTarget;
import org.althing.fuzz.SettingsFolder;

/** A node's configuration file. */
public final class NodeSettingsFiles implements FuzzTarget {
  private final SettingsFolder folder = new SettingsFolder();

  @Override
  public boolean take(byte[] input) throws IOException {
    return folder.accepts(input, NodeSettings::read);
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    seeds.put(
        "node",
        """
        althing: node/v1
        id: org-a
        coordinator: "coordinator.example:8443"
        tls: {cert: c.pem, key: c.pem, ca: c.pem}
        identity: seed
        roster: roster.yaml
        log: {origin: coordinator.example/althing, key: "5f3f4ee4e5c6cb1d4b6e4ac9c4ee5b4d7a93ddfb6b9b0e7d3c4b0f1f5f7a8e11"}
        state: state
        policy: c.pem
        datasets:
          - {contract: heart, files: [c.pem], binding: c.pem, population: patients}
        """
            .replace(
                "5f3f4ee4e5c6cb1d4b6e4ac9c4ee5b4d7a93ddfb6b9b0e7d3c4b0f1f5f7a8e11",
                org.althing.study.Examples.key(50).verifyingKey().hex())
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of(
        "althing: node/v1",
        "id: ",
        "coordinator: ",
        "tls: ",
        "cert: ",
        "key: ",
        "ca: ",
        "identity: ",
        "roster: ",
        "log: ",
        "origin: ",
        "state: ",
        "policy: ",
        "datasets:",
        "contract: ",
        "files: ",
        "binding: ",
        "population: ",
        "\"\\0\"",
        "\"\\x00\"",
        ":99999",
        "[::1]:1",
        "..",
        "/",
        "c.pem",
        "seed",
        ".",
        "~");
  }

  @Override
  public Allowance allowance() {
    return new Allowance(4 << 20, 5000);
  }
}
