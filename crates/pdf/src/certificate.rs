use serde::Serialize;

use crate::qr;
use crate::typeset::{Document, Moment, NotSet};

/// Everything that is printed on a certificate, word for word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// 受講証明書
    pub title: String,
    /// 証明書番号
    pub number_label: String,
    /// `R8-I2-000142`
    pub number: String,
    /// 例示　髙子
    pub name: String,
    /// 様
    pub honorific: String,
    /// みほん市立総合病院
    pub organization: String,
    /// What is certified, in lines.
    pub statement: Vec<String>,
    /// Terms and what they are here: 研修, 受講日, 受講の形.
    pub facts: Vec<(String, String)>,
    /// 令和8年10月1日
    pub date: String,
    /// The project that gives it.
    pub project: String,
    /// Who gives it.
    pub issuer: String,
    /// What the seal says, at most nine characters; empty: a place for a stamp.
    pub seal: String,
    /// この証明書は、次のページで確かめられます。
    pub check: String,
    /// The address under the QR code, as one types it.
    pub address: String,
    /// The address in the QR code.
    pub url: String,
    /// What the QR code is, for those who do not see it.
    pub qr_label: String,
    /// What the place of the seal is, for those who do not see it.
    pub seal_label: String,
    /// 見本, across the sheet; empty on a true one.
    pub specimen: String,
}

/// Sets a certificate: A4, across.
pub fn certificate(certificate: &Certificate, made_at: Moment) -> Result<Vec<u8>, NotSet> {
    let qr = qr::svg(&certificate.url).ok_or(NotSet::AddressTooLong)?;
    let facts = serde_json::to_vec(certificate).map_err(|wrong| NotSet::Fault(wrong.to_string()))?;
    Document {
        template: include_str!("certificate.typ"),
        facts,
        pictures: vec![("qr.svg", qr.into_bytes()), ("crest.svg", include_bytes!("crest.svg").to_vec())],
        texts: certificate.texts(),
        made_at,
        ident: &certificate.number,
    }
    .set()
}

impl Certificate {
    fn texts(&self) -> Vec<&str> {
        let Self {
            title,
            number_label,
            number,
            name,
            honorific,
            organization,
            statement,
            facts,
            date,
            project,
            issuer,
            seal,
            check,
            address,
            ..
        } = self;
        [title, number_label, number, name, honorific, organization, date, project, issuer, seal, check, address, &self.specimen]
            .into_iter()
            .chain(statement)
            .chain(facts.iter().flat_map(|(term, value)| [term, value]))
            .map(String::as_str)
            .collect()
    }
}
