//! Pictures made of points. Their bytes lie in the object store under their hash; what stands in the folder of a course under the name
//! of the picture says which they are.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::TryStreamExt as _;
use objects::{Hash, NotKept, Objects};
use serde::{Deserialize, Serialize};
use slides::PictureKind;
use std::collections::HashMap;

use super::Course;

/// What stands in a course's folder for a picture made of points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    /// The hash of its bytes, in small hexadecimal digits.
    sha256: String,
    /// `png` or `jpeg`
    kind: Kind,
    /// Its width in points.
    pub width: u32,
    /// Its height in points.
    pub height: u32,
}

/// How it is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Png,
    Jpeg,
}

/// Whether a name is that of such a picture.
pub fn is_photo(name: &str) -> bool {
    [".png", ".jpg"].iter().any(|ending| name.ends_with(ending))
}

impl Photo {
    /// What stands for a picture that was kept.
    pub fn kept(hash: Hash, picture: &slides::Picture) -> Self {
        let kind = match picture.kind {
            PictureKind::Png => Kind::Png,
            PictureKind::Jpeg => Kind::Jpeg,
        };
        Self { sha256: hash.to_string(), kind, width: picture.width, height: picture.height }
    }

    /// Reads what stands for a picture; `None` if that is something else.
    pub fn read(text: &str) -> Option<Self> {
        let photo: Self = toml::from_str(text).ok()?;
        let is_hash = photo.hash().is_some() && photo.sha256.bytes().all(|b| !b.is_ascii_uppercase());
        (is_hash && photo.width > 0 && photo.height > 0).then_some(photo)
    }

    /// As it stands in the folder.
    pub fn written(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// By which its bytes are found.
    pub fn hash(&self) -> Option<Hash> {
        let bytes = hex::decode(&self.sha256).ok()?;
        Some(Hash::new(bytes.try_into().ok()?))
    }

    /// The last part of its address.
    pub fn file(&self) -> String {
        format!("{}.{}", self.sha256, self.ending())
    }

    /// A name for it in the folder of a unit.
    pub fn name(&self) -> String {
        format!("figures/{}.{}", &self.sha256[..16], self.ending())
    }

    const fn ending(&self) -> &'static str {
        match self.kind {
            Kind::Png => "png",
            Kind::Jpeg => "jpg",
        }
    }

    /// The type that browsers know.
    pub const fn content_type(&self) -> &'static str {
        match self.kind {
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
        }
    }

    /// Its bytes.
    pub async fn bytes(&self, objects: &Objects) -> Result<Vec<u8>, NotKept> {
        let hash = self.hash().ok_or(NotKept::Missing)?;
        let content = objects.get(hash, None).await?;
        content
            .stream
            .try_fold(Vec::new(), async |mut all, piece| {
                all.extend_from_slice(&piece);
                Ok(all)
            })
            .await
            .map_err(NotKept::from)
    }
}

/// The bytes of pictures, for whoever makes a file that brings everything along.
#[derive(Clone, Debug, Default)]
pub struct Photos(HashMap<Photo, Vec<u8>>);

impl Photos {
    /// All of a course, each once.
    pub async fn of(objects: &Objects, course: &Course) -> Result<Self, NotKept> {
        let mut photos = HashMap::new();
        for photo in course.photos() {
            if !photos.contains_key(photo) {
                photos.insert(photo.clone(), photo.bytes(objects).await?);
            }
        }
        Ok(Self(photos))
    }

    /// A picture as a drawing around it, for whoever sets drawings alone.
    pub fn drawing(&self, photo: &Photo) -> String {
        let data = self.0.get(photo).map(|bytes| STANDARD.encode(bytes)).unwrap_or_default();
        let Photo { width, height, .. } = photo;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
             <image width=\"{width}\" height=\"{height}\" href=\"data:{};base64,{data}\"/></svg>",
            photo.content_type()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_picture_is_read_as_it_was_written() {
        let picture = slides::Picture { kind: PictureKind::Jpeg, width: 4, height: 3, bytes: b"points".to_vec() };
        let photo = Photo::kept(Hash::of(&picture.bytes), &picture);
        assert_eq!(Photo::read(&photo.written()), Some(photo.clone()));
        assert!(is_photo(&photo.name()) && photo.file().rsplit('.').next() == Some("jpg"));
        for wrong in ["", "<svg/>", &photo.written().replace("width = 4", "width = 0"), &photo.written().replace("jpeg", "gif")] {
            assert_eq!(Photo::read(wrong), None, "{wrong}");
        }
    }
}
