use kernel::{Day, Timestamp};

use super::*;

fn seat(number: i64, name: (&str, &str), kana: (&str, &str), email: &str, place: &str) -> Seat {
    Seat {
        id: ApplicationId::new(Timestamp::in_japan(Day::constant(2026, 12, 1), 9, 0)),
        number,
        organization: place.to_owned(),
        email: email.to_owned(),
        family: name.0.to_owned(),
        given: name.1.to_owned(),
        family_kana: kana.0.to_owned(),
        given_kana: kana.1.to_owned(),
    }
}

fn seats() -> Vec<Seat> {
    vec![
        seat(1, ("見本", "太郎"), ("ミホン", "タロウ"), "clinic@example.jp", "見本内科クリニック"),
        seat(2, ("見本", "花子"), ("ミホン", "ハナコ"), "clinic@example.jp", "見本内科クリニック"),
        seat(3, ("例示", "髙子"), ("レイジ", "タカコ"), "takako@example.jp", "例示総合病院"),
        seat(4, ("試験", "﨑男"), ("シケン", "サキオ"), "sakio@example.jp", "試験医院"),
        seat(5, ("𠮷見", "見本"), ("ヨシミ", "ミホン"), "yoshimi@example.jp", "𠮷見薬局"),
        seat(6, ("試験", "﨑男"), ("シケン", "サキオ"), "other@example.jp", "別の医院"),
    ]
}

fn find(name: &str, address: &str) -> (Vec<i64>, &'static str) {
    let seats = seats();
    let named = Named { year: "R8".parse().unwrap(), audience: Audience::Executive, number: 3 };
    let attendee = Attendee { row: 1, name: name.to_owned(), address: address.parse().ok(), stays: Vec::new(), total: None };
    let number = |id: ApplicationId| seats.iter().find(|seat| seat.id == id).map_or(0, |seat| seat.number);
    match Seats::of(named, &seats).find(&attendee) {
        Match::Found(id, how) => (vec![number(id)], how.id()),
        Match::Open(may_be) => (may_be.into_iter().map(number).collect(), ""),
    }
}

#[test]
fn a_receipt_number_is_found_in_any_width_and_with_any_dash() {
    for name in ["R8-E3-0004", "Ｒ８－Ｅ３－０００４ 試験", "r8−e3−0004", "見本（R8-E3-0004）", "R8 E3 0004", "R8E3-0004"]
    {
        assert_eq!(find(name, ""), (vec![4], "token"), "{name}");
    }
    for name in ["R8-E4-0004", "R7-E3-0004", "R8-B3-0004", "R8-E3-0099", "R8-E3-04", "XR8-E3-0004"] {
        assert_eq!(find(name, ""), (vec![], ""), "{name}: of another session, or of nobody");
    }
}

#[test]
fn an_address_finds_its_applicant_under_any_nickname() {
    assert_eq!(find("Takako", "TAKAKO@example.jp"), (vec![3], "mail"));
    assert_eq!(find("iPad", "sakio@example.jp"), (vec![4], "mail"));
}

#[test]
fn the_name_tells_colleagues_with_one_mailbox_apart() {
    assert_eq!(find("見本花子", "clinic@example.jp"), (vec![2], "mail"));
    assert_eq!(find("看護部", "clinic@example.jp"), (vec![1, 2], ""), "a person decides");
}

#[test]
fn somebody_elses_name_under_an_address_is_not_its_applicant() {
    assert_eq!(find("𠮷見 見本", "takako@example.jp"), (vec![3, 5], ""));
}

#[test]
fn a_name_counts_with_its_workplace_in_every_spelling() {
    for name in ["例示髙子（例示総合病院）", "例示総合病院　例示高子", "れいじたかこ＠例示総合病院", "例示総合病院 高子 例示"]
    {
        assert_eq!(find(name, ""), (vec![3], "name"), "{name}");
    }
    assert_eq!(find("吉見薬局 吉見見本", ""), (vec![5], "name"), "𠮷 as 吉");
    assert_eq!(find("試験﨑男 別の医院", ""), (vec![6], "name"), "two of one name");
}

#[test]
fn a_name_alone_is_only_a_suggestion() {
    assert_eq!(find("例示 髙子", ""), (vec![3], ""));
    assert_eq!(find("試験 﨑男", ""), (vec![4, 6], ""));
    assert_eq!(find("例示総合病院", ""), (vec![], ""), "nor is a workplace");
    assert_eq!(find("", ""), (vec![], ""));
}

#[test]
fn a_name_within_a_longer_one_does_not_count() {
    let mut all = seats();
    all.push(seat(7, ("見本", "太"), ("ミホン", "フトシ"), "f@example.jp", "見本内科クリニック"));
    let named = Named { year: "R8".parse().unwrap(), audience: Audience::Executive, number: 3 };
    let attendee =
        Attendee { row: 1, name: "見本内科クリニック 見本太郎".to_owned(), address: None, stays: Vec::new(), total: None };
    assert_eq!(Seats::of(named, &all).find(&attendee), Match::Found(all[0].id, How::Name));
}
