//! Certificates for one second of a processor: set, embedded, tagged, each for another person.

use pdf::{Certificate, Moment, certificate};

use crate::Outcome;
use crate::ground::Ground;
use crate::meter;
use crate::report::{Figure, Report, Target};

/// Sheets in one round.
const SHEETS: u32 = 100;

const MADE: Moment = Moment { year: 2026, month: 10, day: 1, hour: 0, minute: 0, second: 0 };

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let mut figure = Figure::new("certificates set", "–", "PDFs per CPU-second", Target::None);
    let mut bytes = 0;
    // The first one reads the typefaces.
    certificate(&sheet(0), MADE)?;
    for round in 0..ground.rounds {
        let before = meter::own()?;
        for n in 1..=SHEETS {
            let made = certificate(&sheet(u32::try_from(round)? * SHEETS + n), MADE)?;
            if !made.starts_with(b"%PDF-1.7") {
                return Err("no PDF".into());
            }
            bytes = made.len();
        }
        figure.round(f64::from(SHEETS) / meter::own()?.saturating_sub(before).as_secs_f64(), 0.0);
    }
    figure.note(format!("{bytes} bytes each"));
    report.add(&figure);
    Ok(())
}

fn sheet(n: u32) -> Certificate {
    let pair = |term: &str, value: &str| (term.to_owned(), value.to_owned());
    let code = format!("7QK4-M2XD-{n:04}");
    Certificate {
        title: "受講証明書".into(),
        number_label: "証明書番号".into(),
        number: format!("R8-I2-{n:06}"),
        name: format!("見本　第{n}"),
        honorific: "様".into(),
        organization: "みほん市立総合病院".into(),
        statement: vec!["令和8年度 医療情報セキュリティ研修において".into(), "次の研修を受講されたことを証明します".into()],
        facts: vec![
            pair("研修", "導入研修 －立入検査対策コース－　第2回"),
            pair("受講日", "令和8年9月30日（水）16:00～18:00"),
            pair("受講の形", &format!("オンライン　120分のうち{}分　キーワード確認済み", 60 + n % 60)),
        ],
        date: "令和8年10月1日".into(),
        project: "医療機関向けセキュリティ教育支援事業（厚生労働省委託事業）".into(),
        issuer: "MIST 事務局（見本）".into(),
        seal: "見本事務局印".into(),
        check: "この証明書は、次のページで確かめられます。".into(),
        address: format!("mist.example.jp/verify/{code}"),
        url: format!("https://mist.example.jp/verify/{code}"),
        qr_label: "この証明書を確かめるページのQRコード".into(),
        seal_label: "印".into(),
        specimen: String::new(),
    }
}
