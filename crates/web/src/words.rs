use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use kernel::Lang;
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::sync::LazyLock;
use unic_langid::langid;

#[derive(RustEmbed)]
#[folder = "../../locales/"]
struct Locales;

struct Texts {
    ja: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

static TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts { ja: bundle(Lang::Ja), en: bundle(Lang::En) });

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.pick(langid!("ja"), langid!("en"))]);
    // Isolating marks (U+2068, U+2069) would get into mails, calendars and tests.
    bundle.set_use_isolating(false);
    let folder = format!("{}/", lang.code());
    for name in Locales::iter().filter(|name| name.starts_with(&folder)) {
        let Some(file) = Locales::get(&name) else { continue };
        let text = String::from_utf8_lossy(&file.data).into_owned();
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
            tracing::error!(file = %name, count = errors.len(), "a text file has errors");
            resource
        });
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The words of one language, from `locales/{ja,en}/{capability}.ftl`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub lang: Lang,
}

impl Words {
    /// The words of `lang`.
    pub const fn of(lang: Lang) -> Self {
        Self { lang }
    }

    /// The text with this key.
    pub fn t(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The text with this key and its values filled in.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, FluentValue::from((*value).to_owned()));
        }
        self.format(key, Some(&args))
    }

    /// The text with this key and its values filled in, whatever texts they are: for templates.
    pub fn fill(&self, key: &str, values: impl Values) -> String {
        let mut args = FluentArgs::new();
        values.put_into(&mut args);
        self.format(key, Some(&args))
    }

    /// The text with this key and one value that may be a number written by [`ToString`].
    pub fn one<V: ToString + ?Sized>(&self, key: &str, name: &str, value: &V) -> String {
        self.with(key, &[(name, &value.to_string())])
    }

    /// The text with this key for `n` things; the value is called `n` and chooses the plural.
    pub fn count<N: TryInto<i64> + Copy>(&self, key: &str, n: N) -> String {
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(n.try_into().unwrap_or(i64::MAX)));
        self.format(key, Some(&args))
    }

    /// The text with this key, numbers that choose plurals, and other values.
    pub fn counted(&self, key: &str, numbers: &[(&str, i64)], values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, number) in numbers {
            args.set(*name, FluentValue::from(*number));
        }
        for (name, value) in values {
            args.set(*name, FluentValue::from((*value).to_owned()));
        }
        self.format(key, Some(&args))
    }

    /// Whether there is a text with this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        self.lang.pick(&TEXTS.ja, &TEXTS.en)
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, lang = self.lang.code(), "a text is missing");
            debug_assert!(false, "no text with the key {key} in {}", self.lang.code());
            return String::new();
        };
        let mut errors = Vec::new();
        let text: Cow<'_, str> = bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a text could not be filled in");
            debug_assert!(errors.is_empty(), "the text {key} could not be filled in: {errors:?}");
        }
        text.into_owned()
    }
}

/// Named values of a text, as templates write them: `[("year", year.label), …]`.
pub trait Values {
    #[doc(hidden)]
    fn put_into(&self, args: &mut FluentArgs<'_>);
}

impl<T: Values + ?Sized> Values for &T {
    fn put_into(&self, args: &mut FluentArgs<'_>) {
        (**self).put_into(args);
    }
}

impl<V: AsRef<str>, const N: usize> Values for [(&'static str, V); N] {
    fn put_into(&self, args: &mut FluentArgs<'_>) {
        for (name, value) in self {
            args.set(*name, FluentValue::from(value.as_ref().to_owned()));
        }
    }
}
