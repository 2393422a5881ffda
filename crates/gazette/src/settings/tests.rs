//! Settings are checked, kept with who, and shown at once, on both engines.

use access::{Hand, Role};
use both_engines::both_engines;
use db::Lane;
use db::testing::TestDatabase;
use kernel::{Day, Lang, Span, Timestamp};
use web::{Settings, Words, load_settings};

use super::field::{Field, GROUPS, Holds, NotAValue};
use super::{Changed, change, check, due, unset};

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
    assert_eq!(field("incident.confirmed_on").check("2026-11-22", DAY).as_deref(), Ok("2026-11-22"));
    assert_eq!(field("incident.confirmed_on").check("2026-11-23", DAY), Err(NotAValue::Future));
    assert_eq!(field("retention.records_years").check("５年", DAY).as_deref(), Ok("5"));
    assert_eq!(field("retention.records_years").check("0", DAY), Err(NotAValue::Years));
    assert_eq!(field("mail_addresses.form").check("hidden", DAY), Err(NotAValue::Choice));
    assert_eq!(field("site.short").check(" \n ", DAY), Err(NotAValue::Empty));
    assert_eq!(field("site.short").check(&"長".repeat(21), DAY), Err(NotAValue::TooLong));
    assert_eq!(field("band.text_ja").check("", DAY).as_deref(), Ok(""), "the band can be taken away");
}

/// What is wrong with these values, in the order in which it is said.
fn wrong(values: &[(&str, &str)]) -> Vec<(&'static str, NotAValue)> {
    let typed: Vec<(Field, String)> = values.iter().map(|(name, value)| (field(name), (*value).to_owned())).collect();
    let found = check(&typed, &Settings::shipped(), DAY).err().unwrap_or_default();
    found.iter().map(|one| (one.field.name, one.why)).collect()
}

#[test]
fn values_are_held_against_those_that_stay_in_force() {
    assert_eq!(wrong(&[("band.text_ja", "保守中です")]), [("band.text_en", NotAValue::BandEn)]);
    assert_eq!(wrong(&[("band.text_en", "Under maintenance"), ("band.text_ja", "")]), [("band.text_ja", NotAValue::BandJa)]);
    assert_eq!(wrong(&[("band.text_ja", "保守中です"), ("band.text_en", "Under maintenance")]), []);
    assert_eq!(wrong(&[("mails.from", "19:30")]), [("mails.until", NotAValue::Hours)], "as shipped they end at 19:00");
    assert_eq!(wrong(&[("mails.from", "19:30"), ("mails.until", "20:00")]), []);
    let both = [("site.short", ""), ("incident.confirmed_on", "きのう")];
    assert_eq!(wrong(&both), [("site.short", NotAValue::Empty), ("incident.confirmed_on", NotAValue::Day)]);
}

#[both_engines]
async fn what_was_set_is_taken_back(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let hand = Hand::portal();
        let values = [("mails.from", "6:00"), ("mails.until", "7:00"), ("site.short", "ABC")].map(|(name, value)| (name, value.to_owned()));
        change(tx, &values, &hand, NOW).await?;
        let alone = unset(tx, &[field("mails.from")], &hand, NOW).await?.unwrap_err();
        assert_eq!(alone.iter().map(|one| one.why).collect::<Vec<_>>(), [NotAValue::Hours], "it would be later than the end");
        assert_eq!(load_settings(tx).await?.get("mails.from"), "6:00");
        let fields = ["mails.from", "mails.until", "site.motto_ja"].map(field);
        let changed = unset(tx, &fields, &hand, NOW).await?.unwrap();
        assert_eq!(changed, Changed { names: vec!["mails.from".into(), "mails.until".into()] }, "the motto was never set");
        let now = load_settings(tx).await?;
        assert_eq!((now.get("mails.from"), now.get("site.short")), ("8:00", "ABC"));
        Ok(())
    });
    checked.await.unwrap();
}

#[test]
fn a_number_is_to_be_called_again_after_half_a_year() {
    let at = |days: i64| Timestamp::in_japan(Day::constant(2026, 11, 20), 0, 0).plus(Span::days(days));
    let groups = |now| due(&Settings::shipped(), now).iter().map(|called| called.group).collect::<Vec<_>>();
    assert_eq!(groups(at(184)), [""; 0]);
    assert_eq!(groups(at(185)), ["incident", "portal", "programme"]);
    assert_eq!(groups(at(-1)), ["incident", "portal", "programme"], "a day that is yet to come says nothing");
}
