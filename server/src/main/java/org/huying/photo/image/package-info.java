/**
 * From bytes of strangers to a picture that is safe to keep. A file is taken apart here and only what its pixels need goes
 * on to a decoder: metadata, profiles and whatever is appended never reach one. Blocking, so never on an event loop.
 */
package org.huying.photo.image;
