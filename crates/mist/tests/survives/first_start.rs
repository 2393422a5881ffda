//! The program is installed for real: it says what it still wants, is given it by its own commands, and starts.

use both_engines::both_engines;
use db::{DbResult, Engine, Tx, row, sql};
use kernel::{Clock, Span};
use std::fs;

use crate::letters::LetterBox;
use crate::line;
use crate::program::{self, Program};
use crate::scratch::Scratch;

/// A place where nobody has set anything yet.
struct Bare(Scratch);

impl Bare {
    async fn on(engine: Engine) -> Self {
        Self(Scratch::vacant(engine).await)
    }

    /// Today, as somebody types it.
    fn today() -> String {
        Clock::system().now().day().to_string()
    }

    async fn does(&self, arguments: &[&str]) -> String {
        program::does(&self.0, arguments).await
    }

    /// What the program says who does not do it.
    async fn refuses(&self, arguments: &[&str]) -> String {
        let (succeeds, said) = program::tries(&self.0, arguments).await;
        assert!(!succeeds, "mist {}\n{said}", arguments.join(" "));
        said
    }

    /// Sets a number that somebody has called on a day.
    async fn is_called(&self, who: &str, number: &str, day: &str) -> String {
        let names = ["phone", "phone_en", "confirmed_on"].map(|what| format!("{who}.{what}"));
        self.does(&["settings", "set", &names[0], number, &names[1], "", &names[2], day]).await
    }

    /// What stands in the table of settings.
    async fn kept(&self) -> Vec<(String, String, String)> {
        self.0.read(async |tx| kept(tx).await).await
    }
}

row! {
    struct Kept {
        name: String,
        value: String,
        changed_by: String,
    }
}

async fn kept(tx: &mut Tx<'_>) -> DbResult<Vec<(String, String, String)>> {
    let rows: Vec<Kept> = tx.all(sql!("SELECT name, value, changed_by FROM settings ORDER BY name LIMIT 1000"), &[]).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.value, row.changed_by)).collect())
}

row! {
    struct Noted {
        actor: String,
        detail: String,
    }
}

/// Who has changed which settings.
async fn trail(tx: &mut Tx<'_>) -> DbResult<Vec<(String, String)>> {
    let select = sql!("SELECT actor, CAST(detail AS text) AS detail FROM audit WHERE act = 'settings.changed' ORDER BY seq LIMIT 1000");
    let rows: Vec<Noted> = tx.all(select, &[]).await?;
    Ok(rows.into_iter().map(|row| (row.actor, row.detail)).collect())
}

#[both_engines]
async fn a_fresh_installation_says_which_numbers_to_set_and_starts_once_they_are(bare: Bare) {
    let said = bare.refuses(&["doctor"]).await;
    for who in ["incident", "contact.portal", "contact.programme"] {
        let command = format!("mist settings set {who}.phone 番号 {who}.phone_en \"\" {who}.confirmed_on 年-月-日");
        assert!(said.contains(&command), "{command}\n{said}");
    }
    let said = bare.refuses(&["--lang", "en", "serve", "--listen", "127.0.0.1:0"]).await;
    assert!(said.contains("mist settings set incident.phone NUMBER incident.phone_en \"\" incident.confirmed_on YYYY-MM-DD"), "{said}");

    let today = Bare::today();
    let said = bare.does(&["settings", "set", "incident.phone", "000-0000-1000", "incident.phone_en", ""]).await;
    assert!(said.contains("incident.phone, incident.phone_en"), "what was changed is named: {said}");
    let said = bare.refuses(&["doctor"]).await;
    let command = "mist settings set incident.confirmed_on 年-月-日";
    assert!(said.contains(command), "nobody has called this number: {said}");
    bare.does(&["settings", "set", "incident.confirmed_on", &today]).await;
    bare.is_called("contact.portal", "000-0000-1001", &today).await;
    bare.is_called("contact.programme", "000-0000-1002", &today).await;
    assert!(bare.does(&["doctor"]).await.contains("operator.office_en, operator.address_ja"), "names of the sample are told of");
    bare.does(&["settings", "set", "operator.office_en", "Office of the training"]).await;
    assert!(bare.does(&["doctor"]).await.contains("operator.office_ja, operator.address_ja"), "what was set is the sample's no longer");
    assert_eq!(bare.does(&["settings", "get", "contact.portal.phone"]).await.lines().nth(1), Some("000-0000-1001"));

    let letters = LetterBox::new().await;
    let program = Program::start(&bare.0, letters.port()).await;
    let page = line::get(program.address, "/en/incident").await.unwrap();
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("000-0000-1000") && !page.body.contains("000-0000-0000"), "one way of writing it serves both languages");
    program.kill().await;
}

#[both_engines]
async fn numbers_that_nobody_has_called_for_half_a_year_are_told_of_and_stop_nobody(bare: Bare) {
    let long_ago = Clock::system().now().minus(Span::days(200)).day().to_string();
    bare.is_called("incident", "000-0000-1000", &long_ago).await;
    bare.is_called("contact.portal", "000-0000-1001", &Bare::today()).await;
    bare.is_called("contact.programme", "000-0000-1002", &Bare::today()).await;
    let said = bare.does(&["doctor"]).await;
    assert!(said.contains("半年が過ぎています（incident）") && !said.contains("半年が過ぎています（contact"), "{said}");
    assert!(said.contains("mist settings set incident.confirmed_on"), "{said}");

    let letters = LetterBox::new().await;
    let program = Program::start(&bare.0, letters.port()).await;
    program.says("半年が過ぎています（incident）").await;
    program.says("nobody has confirmed for half a year").await;
    let ready = line::get(program.address, "/readyz").await.unwrap();
    assert_eq!((ready.status, ready.body.trim()), (200, "ready"));
    program.kill().await;
}

#[both_engines]
async fn what_is_wrong_is_said_in_words_and_nothing_of_it_is_kept(bare: Bare) {
    let tomorrow = Clock::system().now().plus(Span::days(1)).day().to_string();
    let wrong: [(&[&str], &str); 8] = [
        (&["incident.phone", "000-0000-1000", "incident.confirmed_on", "きのう"], "incident.confirmed_on: 「番号を確かめた日」を"),
        (&["incident.phone", "000-0000-1000", "incident.confirmed_on", &tomorrow], "今日までの日付"),
        (&["incident.phone", ""], "「電話番号」を入力してください"),
        (&["contact.portal.mail", "office"], "office@example.jp の形で"),
        (&["band.text_ja", "保守中です"], "英語の文も入力してください"),
        (&["incident.phone", "000-0000-1000", "incident.fon", "1"], "incident.fon という設定はありません"),
        (&["site.short", "A", "site.short", "B"], "site.short が二度"),
        (&["site.short", "A", "site.motto_ja"], "site.motto_ja の値がありません"),
    ];
    for (values, words) in wrong {
        let said = bare.refuses(&[["settings", "set"].as_slice(), values].concat()).await;
        assert!(said.contains(words), "{words}\n{said}");
    }
    let file = bare.0.data.path().join("settings.toml");
    let file_name = file.display().to_string();
    fs::write(&file, "[incident]\nphone = \"000-0000-1000\"\nhours = \"24\"\n").unwrap();
    let said = bare.refuses(&["settings", "import", &file_name]).await;
    assert!(said.contains("incident.hours という設定はありません"), "{said}");
    fs::write(&file, "[incident]\nphone = \"000-0000-1000\"\n[mails]\nfrom = \"20:00\"\n").unwrap();
    let said = bare.refuses(&["settings", "import", &file_name]).await;
    assert!(said.contains("mails.until: 終わりは、始まりより後"), "{said}");
    assert_eq!(bare.kept().await, []);
}

#[both_engines]
async fn settings_come_from_a_file_and_from_the_standard_input_and_go_again(bare: Bare) {
    // A copy of the sample, with what differs changed in it, may stay whole.
    let sample = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/settings.toml")).unwrap();
    let file = bare.0.data.path().join("settings.toml");
    fs::write(&file, sample.replace("short = \"MIST\"", "short = \"ABC\"")).unwrap();
    let said = bare.does(&["settings", "import", &file.display().to_string()]).await;
    assert!(said.contains("site.short"), "{said}");
    let system = |name: &str, value: &str| (name.to_owned(), value.to_owned(), "system".to_owned());
    assert_eq!(bare.kept().await, [system("site.short", "ABC")], "what says the same is not kept");

    let lines = "一行目です。\n二行目です。";
    let (succeeds, said) = program::tries_reading(&bare.0, &["settings", "set", "site.description_ja", "-"], lines).await;
    assert!(succeeds, "{said}");
    assert_eq!(bare.kept().await, [system("site.description_ja", lines), system("site.short", "ABC")]);

    let said = bare.does(&["settings", "list"]).await;
    let shown = [
        "site.short  ［設定済み］ 略称",
        "      ABC",
        "site.long_short  ［見本のまま］",
        "band.text_ja  ［空］ 帯の文（日本語）",
        "      二行目です。",
    ];
    for line in shown {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let said = bare.does(&["settings", "unset", "site.short", "site.description_ja"]).await;
    assert!(said.contains("site.short, site.description_ja"), "{said}");
    assert_eq!(bare.kept().await, []);
    assert_eq!(bare.does(&["settings", "get", "site.short"]).await.lines().nth(1), Some("MIST"));

    let trail = bare.0.read(async |tx| trail(tx).await).await;
    let names = [r#"["site.short"]"#, r#"["site.description_ja"]"#, r#"["site.short","site.description_ja"]"#];
    assert_eq!(trail, names.map(|names| ("system".to_owned(), format!("{{\"names\":{names}}}"))), "the values stand nowhere in it");
}
