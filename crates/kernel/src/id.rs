/// Makes a type for the ids of one kind of thing, so that no two kinds can be swapped.
///
/// The value is a `UUIDv7`: it rises with time, which keeps indexes dense. It is never the protection of what it names.
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, $crate::reexport::serde::Serialize, $crate::reexport::serde::Deserialize)]
        #[serde(crate = "::kernel::reexport::serde", transparent)]
        pub struct $name($crate::Uuid);

        impl $name {
            /// A new id, made at `now`.
            pub fn new(now: $crate::Timestamp) -> Self {
                Self(now.uuid())
            }

            /// The id with this value, as it stands in the database or an address.
            pub const fn from_uuid(value: $crate::Uuid) -> Self {
                Self(value)
            }

            /// The value that the database and addresses carry.
            pub const fn uuid(self) -> $crate::Uuid {
                self.0
            }
        }

        // Only crates that store things make ids, so the database is known where this unfolds.
        ::db::stored_as_uuid!($name);

        impl From<$name> for $crate::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<$crate::Uuid> for $name {
            fn from(value: $crate::Uuid) -> Self {
                Self(value)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::reexport::uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}
