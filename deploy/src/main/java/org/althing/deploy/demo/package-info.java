/**
 * Four synthetic hospitals for the demonstration; {@link org.althing.deploy.demo.DemoHospitals}
 * makes their files. Nothing here is drawn from real people.
 */
@NullMarked
package org.althing.deploy.demo;

import org.jspecify.annotations.NullMarked;
