//! An institution that reports to the first-response desk, and keeps its browser's way in.

use serde_json::Value;
use std::net::SocketAddr;

use crate::line::{self, Answer, Unheard};

/// A browser that holds a case.
#[derive(Clone, Debug)]
pub struct Institution {
    pub cookie: String,
}

impl Institution {
    /// Opens the first question; the form that makes a case by its answer.
    pub async fn form(address: SocketAddr) -> Result<Vec<(&'static str, String)>, Unheard> {
        let page = line::get(address, "/incident/report?door=request&role=staff").await?;
        let seed = page.hidden("seed").unwrap_or_else(|| panic!("no form: {} {}", page.status, page.body)).to_owned();
        Ok(vec![("door", "request".to_owned()), ("role", "staff".to_owned()), ("seed", seed), ("answer", "slower".to_owned())])
    }

    /// Answers the first question.
    pub async fn answers_first(address: SocketAddr) -> Result<Answer, Unheard> {
        line::post(address, "/incident/report", &Self::form(address).await?).await
    }

    /// Reports, and holds the case.
    pub async fn reports(address: SocketAddr) -> Result<Self, Unheard> {
        let answer = Self::answers_first(address).await?;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()).expect("the browser gets a way in");
        Ok(Self { cookie: cookie.to_owned() })
    }

    /// Its view of the case.
    pub async fn view(&self, address: SocketAddr) -> Result<Answer, Unheard> {
        line::get_as(address, "/incident/case", &self.cookie).await
    }

    /// Fills in a form of the case.
    pub async fn posts(&self, address: SocketAddr, path: &str, form: &[(&str, String)]) -> Result<Answer, Unheard> {
        line::post_as(address, path, &self.cookie, form).await
    }

    /// The same, where a script is answered.
    pub async fn asks(&self, address: SocketAddr, path: &str, form: &[(&str, String)]) -> Result<Value, Unheard> {
        let answer = self.posts(address, path, form).await?;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        // An answer whose body was cut off is none.
        serde_json::from_str(&answer.body).map_err(|_| Unheard::Lost)
    }

    /// Sends a file in one go.
    pub async fn sends(&self, address: SocketAddr, name: &str, file: &[u8]) -> Result<Answer, Unheard> {
        line::post_file_as(address, "/incident/case/files", &self.cookie, &[], ("file", name), file).await
    }

    /// Sends one piece of a file.
    pub async fn sends_piece(&self, address: SocketAddr, fields: &[(&str, String)], piece: &[u8]) -> Result<Answer, Unheard> {
        line::post_file_as(address, "/incident/case/uploads/pieces", &self.cookie, fields, ("piece", "piece"), piece).await
    }
}
