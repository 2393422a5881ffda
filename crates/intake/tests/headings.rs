//! The line of headings is found and matched, whatever the office calls its columns.

use intake::{Column, Limits, NoHeadings, Table};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Code,
    Name,
    Mail,
}

const COLUMNS: &[Column<Field>] = &[
    Column::required(Field::Code, &["医療機関コード", "機関コード", "code"]),
    Column::required(Field::Name, &["氏名", "お名前", "name"]),
    Column::optional(Field::Mail, &["メールアドレス", "mail", "e-mail"]),
];

fn table(text: &str) -> Table {
    Table::read(text.as_bytes(), "a.csv", Limits::default()).expect("reads")
}

#[test]
fn headings_are_found_under_title_lines() {
    let table = table(
        "令和8年度 受講者名簿,,,\n出力日,2026-11-22,,\n\n機関コード,所属,お名前,メール\n0010000001,見本病院, 見本 太郎 ,a@example.jp\n",
    );
    let headed = table.headed(COLUMNS).expect("headings");
    assert_eq!(headed.row(), 4);
    assert_eq!(headed.heading(Field::Name), Some("お名前"));
    assert_eq!(headed.heading(Field::Mail), None);
    assert_eq!(headed.unknown(), [(2, "所属"), (4, "メール")]);
    let lines: Vec<_> = headed.lines().collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].number(), 5);
    assert_eq!(lines[0].raw(Field::Name), " 見本 太郎 ");
    assert_eq!(lines[0].text(Field::Name), "見本 太郎");
    assert_eq!(lines[0].text(Field::Mail), "");
    assert_eq!(lines[0].column(Field::Name), Some(3));
    assert_eq!(lines[0].cells()[1], "見本病院");
}

#[test]
fn width_case_spaces_marks_and_brackets_do_not_matter() {
    for headings in ["ＣＯＤＥ,Name", "※ 医療機関\u{3000}コード,氏名（必須）", "\"医療機関\nコード\",■氏名 [漢字]"]
    {
        let table = table(&format!("{headings}\n1,見本 太郎\n"));
        let headed = table.headed(COLUMNS).expect(headings);
        assert_eq!(headed.lines().next().expect("a line").text(Field::Name), "見本 太郎");
    }
}

#[test]
fn a_whole_heading_counts_before_one_with_a_bracket() {
    let table = table("コード,code,氏名（カナ）,氏名\n1,2,ミホン,見本\n");
    let headed = table.headed(COLUMNS).expect("headings");
    assert_eq!(headed.heading(Field::Name), Some("氏名"));
    assert_eq!(headed.unknown(), [(1, "コード"), (3, "氏名（カナ）")]);
}

#[test]
fn what_is_missing_or_doubled_is_named() {
    assert_eq!(table("a,b\n1,2\n").headed(COLUMNS).map(drop), Err(NoHeadings::Nowhere { looked_at: 2 }));
    assert_eq!(
        table("表\nメールアドレス,氏名\n").headed(COLUMNS).map(drop),
        Err(NoHeadings::Missing { row: 2, missing: vec!["医療機関コード"] })
    );
    assert_eq!(table("code,氏名,お名前\n").headed(COLUMNS).map(drop), Err(NoHeadings::Twice { row: 1, name: "氏名", first: 2, second: 3 }));
}

#[test]
fn the_apostrophe_of_our_exports_is_taken_off() {
    let table = table("code,name\n'+81,'=1+1\n");
    let headed = table.headed(COLUMNS).expect("headings");
    let line = headed.lines().next().map(|line| (line.text(Field::Code), line.raw(Field::Name)));
    assert_eq!(line, Some(("+81", "'=1+1")));
}
