/**
 * A federation on one machine: the shipped coordinator and nodes as processes of their own, with
 * throw-away certificates, on loopback ports.
 */
@NullMarked
package org.althing.deploy.lab;

import org.jspecify.annotations.NullMarked;
