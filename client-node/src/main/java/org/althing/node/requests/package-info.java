/** The studies that people are asked about, and what they said, as files beside the node. */
@NullMarked
package org.althing.node.requests;

import org.jspecify.annotations.NullMarked;
