/** Photos: taken in by their content, kept as plain JPEG, attached to what claims them, swept when nothing does. */
package org.huying.photo;
