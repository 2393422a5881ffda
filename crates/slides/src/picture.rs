//! Pictures: decoded, made as small as a slide needs them, encoded anew. Of what was in the file beside the points nothing is left.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits as Decoding, imageops::FilterType};
use std::io::Cursor;

use crate::{Left, LeftOut, Limits, Picture, PictureKind};

/// How good JPEGs are.
const QUALITY: u8 = 85;
/// A PNG of more bytes than so many is no drawing but a photograph, and half as large as a JPEG.
const DRAWING_BYTES: usize = 400 << 10;
/// The most bytes that the points of a picture take once they are decoded.
const DECODED_BYTES: u64 = 96 << 20;

/// Formats that do not come in, by their first bytes.
const OTHERS: [(&[u8], &str); 7] = [
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"RIFF", "WebP"),
    (b"\xD7\xCD\xC6\x9A", "WMF"),
    (b"\x01\0\0\0", "EMF"),
];

/// A picture as it comes in; or why it does not.
pub(crate) fn clean(bytes: &[u8], limits: &Limits) -> Result<Picture, Left> {
    let format = format(bytes)?;
    let broken = |_| Left::of(LeftOut::BrokenPicture);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut decoding = Decoding::default();
    decoding.max_alloc = Some(DECODED_BYTES);
    reader.limits(decoding);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits.points || decoder.total_bytes() > DECODED_BYTES {
        return Err(Left::about(LeftOut::LargePicture, format!("{width}×{height}")));
    }
    // A photograph lies on its side and says so in what is about to be dropped.
    let orientation = decoder.orientation().map_err(broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    let kind = if format == ImageFormat::Jpeg { PictureKind::Jpeg } else { PictureKind::Png };
    encode(picture, kind, limits).ok_or(Left::of(LeftOut::BrokenPicture))
}

/// Encodes points, as a photograph if a drawing of them would be too large and nothing in it is transparent.
pub(crate) fn encode(mut picture: DynamicImage, kind: PictureKind, limits: &Limits) -> Option<Picture> {
    // The better filter takes sixteen bytes for each point of many a row: points that are far too many are first averaged by whole
    // numbers. What was there before goes at once.
    let times = picture.width().max(picture.height()) / limits.side;
    if times > 1 {
        picture = picture.thumbnail_exact((picture.width() / times).max(1), (picture.height() / times).max(1));
    }
    if picture.width().max(picture.height()) > limits.side {
        picture = picture.resize(limits.side, limits.side, FilterType::Triangle);
    }
    let (width, height) = (picture.width(), picture.height());
    if kind == PictureKind::Png {
        let is_opaque = !picture.color().has_alpha() || picture.to_rgba8().pixels().all(|point| point.0[3] == u8::MAX);
        let plain = if is_opaque { DynamicImage::from(picture.to_rgb8()) } else { DynamicImage::from(picture.to_rgba8()) };
        let mut bytes = Vec::new();
        plain.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).ok()?;
        if bytes.len() <= DRAWING_BYTES || !is_opaque {
            return Some(Picture { kind, width, height, bytes });
        }
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&picture.to_rgb8()).ok()?;
    Some(Picture { kind: PictureKind::Jpeg, width, height, bytes })
}

/// The format by the first bytes: names say what they like.
fn format(bytes: &[u8]) -> Result<ImageFormat, Left> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(ImageFormat::Png);
    }
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(ImageFormat::Jpeg);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    if head.contains("<svg") || head.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml") {
        return Err(Left::of(LeftOut::Svg));
    }
    let other = OTHERS.into_iter().find(|(start, _)| bytes.starts_with(start));
    Err(other.map_or(Left::of(LeftOut::BrokenPicture), |(_, name)| Left::about(LeftOut::Format, name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbaImage;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        RgbaImage::from_pixel(width, height, image::Rgba([200, 30, 30, 255]))
            .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .unwrap();
        bytes
    }

    #[test]
    fn nothing_but_the_points_is_kept() {
        let mut bytes = png(40, 30);
        bytes.extend(b"<script>alert(1)</script>PK\x03\x04");
        let picture = clean(&bytes, &Limits::default()).unwrap();
        assert_eq!((picture.kind, picture.width, picture.height), (PictureKind::Png, 40, 30));
        assert!(!picture.bytes.windows(7).any(|window| window == b"<script"));
    }

    #[test]
    fn a_large_picture_becomes_as_small_as_a_slide_needs_it() {
        let limits = Limits { side: 100, ..Limits::default() };
        let picture = clean(&png(400, 200), &limits).unwrap();
        assert_eq!((picture.width, picture.height), (100, 50));
        let picture = clean(&png(1_000, 3), &limits).unwrap();
        assert_eq!((picture.width, picture.height), (100, 1), "a line stays one");
        let few = Limits { points: 100, ..Limits::default() };
        assert_eq!(clean(&png(400, 200), &few).unwrap_err().what, LeftOut::LargePicture);
    }

    #[test]
    fn other_formats_are_named() {
        let left = |bytes: &[u8]| clean(bytes, &Limits::default()).unwrap_err();
        assert_eq!(left(b"<svg xmlns='x'><script/></svg>").what, LeftOut::Svg);
        assert_eq!(left(b"GIF89a"), Left::about(LeftOut::Format, "GIF"));
        assert_eq!(left(b"\x89PNG\r\n\x1a\nnothing").what, LeftOut::BrokenPicture);
        assert_eq!(left(b"").what, LeftOut::BrokenPicture);
    }
}
