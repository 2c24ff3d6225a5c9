package org.althing.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.Federation;
import org.althing.document.Federation.Organisation;
import org.althing.document.FederationDocument;
import org.althing.document.PolicyDocument;
import org.althing.federation.NodeId;
import org.althing.policy.Policy;

/**
 * A federation file and what it points to, except for the data: enough to plan with.
 *
 * @param policies by organisation, one each
 */
public record FederationFiles(
    Federation federation, Contract contract, Map<NodeId, Policy> policies) {

  public FederationFiles {
    policies = Map.copyOf(policies);
  }

  /**
   * Reads the file, its contract and every policy.
   *
   * @throws CommandFailure bad input, with file, line and remedy
   */
  public static FederationFiles read(Path file) {
    Federation federation = DocumentFile.read(file, FederationDocument::read);
    Contract contract =
        DocumentFile.read(file.resolveSibling(federation.contractFile()), ContractDocument::parse);
    Map<NodeId, Policy> policies = new LinkedHashMap<>();
    for (Organisation organisation : federation.organisations()) {
      Path policyFile = file.resolveSibling(organisation.policyFile());
      Policy policy = DocumentFile.read(policyFile, PolicyDocument::read);
      if (!policy.org().equals(organisation.id())) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            "%s is the policy of %s, but %s names it as the policy of %s"
                .formatted(policyFile, policy.org(), file, organisation.id()));
      }
      policies.put(organisation.id(), policy);
    }
    return new FederationFiles(federation, contract, policies);
  }
}
