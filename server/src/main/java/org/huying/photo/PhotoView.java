package org.huying.photo;

import java.util.UUID;

/** A photo as the contract shows it; addresses are relative to the service's. */
public record PhotoView(UUID id, String url, String thumbnailUrl, int width, int height) {
    public static PhotoView of(Photo photo) {
        var url = "/v1/photos/" + photo.id();
        return new PhotoView(photo.id(), url, url + "/thumbnail", photo.width(), photo.height());
    }
}
