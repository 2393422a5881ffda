//! Words of the database and of `data/desk/` as types: each variant has one word, and nothing else is read.

/// The word is none of those that belong here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of the words that belong here")]
pub struct NotAWord;

/// An enum whose variants are words: `words! { Door { Request = "request", Consult = "consult", } }`.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $id:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant,)* }

        impl $name {
            /// Every one, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in the database, in `data/desk/` and in addresses.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::words::NotAWord;
            fn from_str(id: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|word| word.id() == id).ok_or($crate::words::NotAWord)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.id())
            }
        }

        impl ::db::FromColumn for $name {
            fn from_column(value: ::db::Value<'_>) -> Result<Self, ::db::Unreadable> {
                value.parse()
            }
        }

        impl From<$name> for ::db::Arg {
            fn from(word: $name) -> Self {
                word.id().into()
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.id())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let id = <String as ::serde::Deserialize>::deserialize(deserializer)?;
                id.parse().map_err(|_| ::serde::de::Error::unknown_variant(&id, &[$($id),*]))
            }
        }
    };
}

pub(crate) use words;
