//! An attribute that runs one test on SQLite and on PostgreSQL.
//!
//! It reads the few tokens of a function's head by hand, so that no test waits for a parser of all of Rust.

use proc_macro::{Delimiter, Group, Ident, TokenStream, TokenTree};

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
        while let Some(hash) = tokens.next_if(|token| is_punct(token, '#')) {
            attributes.extend([hash]);
            attributes.extend(tokens.next());
        }
        for word in ["async", "fn"] {
            tokens.next_if(|token| is_word(token, word)).ok_or("a test on both engines is an `async fn` without `pub`")?;
        }
        let Some(TokenTree::Ident(name)) = tokens.next() else { return Err("the test has no name") };
        let Some(TokenTree::Group(parameters)) = tokens.next() else { return Err("the test has no parameter") };
        let mut parameter: Vec<_> = parameters.stream().into_iter().collect();
        parameter.pop_if(|token| is_punct(token, ','));
        let colon = parameter.iter().position(|token| is_punct(token, ':')).ok_or("the test takes one parameter: `site: Site`")?;
        let body = tokens.next().filter(|token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace));
        Ok(Self {
            attributes,
            name,
            parameter: parameter[..colon].iter().cloned().collect(),
            parameter_type: parameter[colon + 1..].iter().cloned().collect(),
            body: body.ok_or("a test gives nothing back")?,
        })
    }

    /// The test as a function of the engine, and a module of the same name with the two tests.
    fn on_both(&self) -> TokenStream {
        let template = "
            #[cfg(test)]
            fn NAME(engine: ::db::Engine) {
                async fn on_engine(PARAMETER: TYPE) BODY
                ::db::testing::run(async move { on_engine(<TYPE>::on(engine).await).await })
            }
            #[cfg(test)]
            mod NAME {
                ATTRIBUTES #[test] fn sqlite() { super::NAME(::db::Engine::Sqlite); }
                ATTRIBUTES #[test] fn postgres() { super::NAME(::db::Engine::Postgres); }
            }
        ";
        self.fill(template.parse().expect("the template is Rust"))
    }

    /// The template with the test's own tokens, which keep their places for the compiler's messages, instead of the capitals.
    fn fill(&self, template: TokenStream) -> TokenStream {
        let fill = |token| match token {
            TokenTree::Group(group) => {
                let mut filled = Group::new(group.delimiter(), self.fill(group.stream()));
                filled.set_span(group.span());
                TokenTree::from(filled).into()
            }
            TokenTree::Ident(ident) => match ident.to_string().as_str() {
                "NAME" => TokenTree::from(self.name.clone()).into(),
                "PARAMETER" => self.parameter.clone(),
                "TYPE" => self.parameter_type.clone(),
                "BODY" => self.body.clone().into(),
                "ATTRIBUTES" => self.attributes.clone(),
                _ => TokenTree::from(ident).into(),
            },
            token => TokenStream::from(token),
        };
        template.into_iter().map(fill).collect()
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_word(token: &TokenTree, wanted: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident.to_string() == wanted)
}

fn refuse(why: &str) -> TokenStream {
    format!("compile_error!({why:?});").parse().expect("this is Rust")
}
