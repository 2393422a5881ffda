//! Settings are checked, kept with who, and shown at once, on both engines.

use access::{Hand, Role};
use both_engines::both_engines;
use db::Lane;
use db::testing::TestDatabase;
use kernel::{Day, Lang, Timestamp};
use web::{Settings, Words, load_settings};

use super::field::{Field, GROUPS, Holds, NotAValue};
use super::{Changed, change};

const NOW: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);
const DAY: Day = Day::constant(2026, 11, 22);

fn field(name: &str) -> Field {
    *GROUPS.iter().flat_map(|group| group.fields).find(|field| field.name == name).unwrap()
}

#[both_engines]
async fn only_what_differs_is_changed(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let hand = Hand { actor: "account:writer".into(), role: Some(Role::Secretariat) };
        let values = [("band.text_ja", "保守のため停止します".to_owned()), ("site.short", "MIST".to_owned())];
        assert_eq!(change(tx, &values, &hand, NOW).await?, Changed { names: vec!["band.text_ja".into()] });
        assert_eq!(load_settings(tx).await?.text("band.text", Lang::Ja), "保守のため停止します");
        assert_eq!(change(tx, &values, &hand, NOW).await?, Changed { names: vec![] });
        Ok(())
    });
    checked.await.unwrap();
}

#[test]
fn every_setting_has_words_in_both_languages_and_a_value_that_it_takes() {
    let shipped = Settings::shipped();
    for group in GROUPS {
        for lang in [Lang::Ja, Lang::En] {
            for key in [format!("settings-group-{}", group.id), format!("settings-group-{}-lead", group.id)] {
                assert!(Words::of(lang).has(&key), "{key}");
            }
        }
        for field in group.fields {
            for lang in [Lang::Ja, Lang::En] {
                assert!(Words::of(lang).has(&field.key()), "{}", field.key());
                if let Holds::OneOf(words) = field.holds {
                    assert!(words.iter().all(|word| Words::of(lang).has(&format!("{}-{word}", field.key()))), "{}", field.name);
                }
            }
            let value = shipped.get(field.name);
            if !value.is_empty() {
                assert_eq!(field.check(value, DAY).as_deref(), Ok(value), "{}", field.name);
            }
        }
    }
}

#[test]
fn what_is_typed_is_normalized_or_refused() {
    assert_eq!(field("contact.portal.mail").check("　Ｏｆｆｉｃｅ＠ｅｘａｍｐｌｅ．ｊｐ ", DAY).as_deref(), Ok("office@example.jp"));
    assert_eq!(field("contact.portal.mail").check("office", DAY), Err(NotAValue::Address));
    assert_eq!(field("incident.confirmed_on").check("R8.11.20", DAY).as_deref(), Ok("2026-11-20"));
    assert_eq!(field("incident.confirmed_on").check("きのう", DAY), Err(NotAValue::Day));
    assert_eq!(field("retention.records_years").check("５年", DAY).as_deref(), Ok("5"));
    assert_eq!(field("retention.records_years").check("0", DAY), Err(NotAValue::Years));
    assert_eq!(field("mail_addresses.form").check("hidden", DAY), Err(NotAValue::Choice));
    assert_eq!(field("site.short").check(" \n ", DAY), Err(NotAValue::Empty));
    assert_eq!(field("site.short").check(&"長".repeat(21), DAY), Err(NotAValue::TooLong));
    assert_eq!(field("band.text_ja").check("", DAY).as_deref(), Ok(""), "the band can be taken away");
}
