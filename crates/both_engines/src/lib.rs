//! An attribute that runs one test on SQLite and on PostgreSQL.
//!
//! It reads the few tokens of a function's head by hand, so that no test waits for a parser of all of Rust.

use proc_macro::{Delimiter, Ident, Span, TokenStream, TokenTree};

/// Runs a test twice, as `name::sqlite` and `name::postgres`.
///
/// The parameter's type makes what the test is given: `Site::on(engine).await`.
///
/// ```ignore
/// #[both_engines]
/// async fn the_last_seat_is_given_once(site: Site) { … }
/// ```
#[proc_macro_attribute]
pub fn both_engines(_: TokenStream, function: TokenStream) -> TokenStream {
    match Test::read(function) {
        Ok(test) => test.on_both(),
        Err(why) => refuse(why),
    }
}

/// `#[attributes] async fn name(pattern: Type) { body }`, taken apart.
struct Test {
    attributes: TokenStream,
    name: Ident,
    parameter: TokenStream,
    parameter_type: TokenStream,
    body: TokenTree,
}

impl Test {
    fn read(function: TokenStream) -> Result<Self, &'static str> {
        let mut tokens = function.into_iter().peekable();
        let mut attributes = TokenStream::new();
        while tokens.next_if(|token| is_punct(token, '#')).is_some_and(|hash| {
            attributes.extend([hash]);
            true
        }) {
            attributes.extend(tokens.next());
        }
        for word in ["async", "fn"] {
            tokens.next_if(|token| is_word(token, word)).ok_or("a test on both engines is an `async fn` without `pub`")?;
        }
        let Some(TokenTree::Ident(name)) = tokens.next() else { return Err("the test has no name") };
        let Some(TokenTree::Group(parameters)) = tokens.next() else { return Err("the test has no parameter") };
        let parameter: Vec<_> = parameters.stream().into_iter().collect();
        let colon = parameter.iter().position(|token| is_punct(token, ':')).ok_or("the test takes one parameter: `site: Site`")?;
        let body = tokens.next().filter(|token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace));
        Ok(Self {
            attributes,
            name,
            parameter: parameter[..colon].iter().cloned().collect(),
            parameter_type: parameter[colon + 1..].iter().filter(|token| !is_punct(token, ',')).cloned().collect(),
            body: body.ok_or("a test gives nothing back")?,
        })
    }

    /// The test as a function of the engine, and a module of the same name with the two tests.
    fn on_both(self) -> TokenStream {
        let Self { attributes, name, parameter, parameter_type, body } = self;
        let mut out = source(&format!("fn {name}(engine: ::db::Engine)"));
        let mut inner = source("async fn test");
        inner.extend([group(Delimiter::Parenthesis, [parameter, source(":"), parameter_type.clone()]), body]);
        inner.extend(source("::db::testing::run"));
        let made = [source("async move"), group(Delimiter::Brace, [source("test"), group(Delimiter::Parenthesis, [
            source("<"), parameter_type, source(">::on(engine).await"),
        ]).into(), source(".await")]).into()];
        inner.extend([group(Delimiter::Parenthesis, made)]);
        out.extend([group(Delimiter::Brace, [inner])]);

        let mut tests = TokenStream::new();
        for (test, engine) in [("sqlite", "Sqlite"), ("postgres", "Postgres")] {
            tests.extend(attributes.clone());
            tests.extend(source(&format!("#[test] fn {test}() {{ super::{name}(::db::Engine::{engine}); }}")));
        }
        out.extend(source(&format!("mod {name}")));
        out.extend([group(Delimiter::Brace, [tests])]);
        out
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_word(token: &TokenTree, wanted: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident.to_string() == wanted)
}

fn source(text: &str) -> TokenStream {
    text.parse().expect("what this file writes is Rust")
}

fn group(delimiter: Delimiter, parts: impl IntoIterator<Item = TokenStream>) -> TokenTree {
    TokenTree::Group(proc_macro::Group::new(delimiter, parts.into_iter().collect()))
}

fn refuse(why: &str) -> TokenStream {
    let mut tokens = source(&format!("compile_error!({why:?});"));
    tokens = tokens.into_iter().map(|mut token| {
        token.set_span(Span::call_site());
        token
    }).collect();
    tokens
}
